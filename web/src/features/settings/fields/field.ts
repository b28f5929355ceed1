import type { ContactField, FieldKind } from '@/api/types'
import { m } from '@/i18n/admin'
import { needsName } from '../form/checks'
import type { Misfits } from '../form/draft'
import type { Resource } from '../form/useResourceForm'

export interface FieldDraft {
  name: string
  key: string
  kind: FieldKind
  /** 0 = every list. */
  list_id: number
  options: string[]
  required: boolean
  sensitive: boolean
}

export const fieldResource: Resource<ContactField, FieldDraft> = {
  collection: 'contact_fields',
  labels: {
    name: () => m.settings_name(),
    key: () => m.settings_field_key(),
    kind: () => m.settings_field_kind(),
    list_id: () => m.settings_field_list(),
    options: () => m.settings_field_options(),
    required: () => m.settings_field_required(),
    sensitive: () => m.settings_field_sensitive(),
  },
  toDraft: ({ name, key, kind, list_id, options, required, sensitive }) => ({
    name,
    key,
    kind,
    list_id: list_id ?? 0,
    options,
    required,
    sensitive,
  }),
  toBody: ({ list_id, ...rest }) => ({
    ...rest,
    // Only a select has choices, whatever was typed before it became something else.
    ...(rest.kind !== undefined && rest.kind !== 'select' ? { options: [] } : {}),
    ...(list_id ? { list_id } : {}),
  }),
  check,
}

function check(draft: FieldDraft): Misfits {
  const wrong: Record<string, string> = { ...needsName(draft) }
  if (!/^[a-z][a-z0-9_]{0,39}$/.test(draft.key)) wrong.key = m.settings_field_key_format()
  if (draft.kind === 'select') {
    if (draft.options.length === 0) wrong.options = m.settings_field_options_none()
    draft.options.forEach((option, index) => {
      if (!option.trim()) wrong[`options[${index}]`] = m.field_required()
    })
  }
  return wrong
}

export const blankField = (): FieldDraft => ({
  name: '',
  key: '',
  kind: 'text',
  list_id: 0,
  options: [],
  required: false,
  sensitive: false,
})

export const kinds: readonly FieldKind[] = ['text', 'select', 'number', 'switch', 'date_time', 'url']

export const kindWords: Record<FieldKind, () => string> = {
  text: () => m.settings_field_text(),
  select: () => m.settings_field_select(),
  number: () => m.settings_field_number(),
  switch: () => m.settings_field_switch(),
  date_time: () => m.settings_field_date_time(),
  url: () => m.settings_field_url(),
}

/** A key that may be made of the name: "Kundennr. 2" gives "kundennr_2". */
export function keyFrom(name: string): string {
  const plain = name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  return plain
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[_0-9]+/, '')
    .slice(0, 40)
    .replace(/_+$/, '')
}
