// A contact as it is typed, and what of it is sent. Pure but for the reader's language and time zone.
import type { Contact, ContactChange, ContactField, ContactNumber, FieldValue, NewContact } from '@/api/types'
import type { Misfits } from '@/features/settings/form/draft'
import { languageWords } from '@/features/sidebar/languages'
import { fieldsOf, shownOf, textOf, typedOf } from '@/features/sidebar/own'
import { m } from '@/i18n/pages'

export interface Social {
  network: string
  name: string
}

export type OwnKey = `fields.${string}`

export interface Draft {
  list_id: number | null
  first_name: string
  last_name: string
  company: string
  date_of_birth: string
  language: string
  owner_id: number | null
  phone: string
  mobile: string
  numbers: ContactNumber[]
  email: string
  postal_address: string
  url: string
  socials: Social[]
  description: string
  tags: string[]
  /** Custom fields: switches are on or off, everything else is typed. */
  [own: OwnKey]: string | boolean
}

export type DraftKey = keyof Draft & string

type Own = readonly ContactField[]
type Text = 'first_name' | 'last_name' | 'company' | 'date_of_birth' | 'language' | TextOfReach
type TextOfReach = 'phone' | 'mobile' | 'email' | 'postal_address' | 'url' | 'description'

const texts: readonly Text[] = [
  'first_name',
  'last_name',
  'company',
  'date_of_birth',
  'language',
  'phone',
  'mobile',
  'email',
  'postal_address',
  'url',
  'description',
]

export function blankDraft(list: number | null, given: Partial<Draft> = {}): Draft {
  return {
    list_id: list,
    first_name: '',
    last_name: '',
    company: '',
    date_of_birth: '',
    language: '',
    owner_id: null,
    phone: '',
    mobile: '',
    numbers: [],
    email: '',
    postal_address: '',
    url: '',
    socials: [],
    description: '',
    tags: [],
    ...given,
  }
}

export function draftOf(contact: Contact, own: Own): Draft {
  const draft = blankDraft(contact.list_id)
  for (const name of texts) draft[name] = contact[name] ?? ''
  draft.phone = contact.phone ?? ''
  draft.mobile = contact.mobile ?? ''
  draft.owner_id = contact.owner?.id ?? null
  draft.numbers = contact.numbers.map(({ kind, number }) => ({ kind, number }))
  draft.socials = Object.entries(contact.socials).map(([network, name]) => ({ network, name }))
  draft.tags = [...contact.tags]
  for (const field of fieldsOf(own, contact)) {
    const value = contact.fields[field.key]
    draft[ownKey(field)] = field.kind === 'switch' ? value === true : textOf(field, value)
  }
  return draft
}

export function ownKey({ key }: Pick<ContactField, 'key'>): OwnKey {
  return `fields.${key}`
}

/** What is certainly wrong, before the server is asked. */
export function misfitsOf(draft: Draft, own: Own, changed: readonly DraftKey[]): Misfits {
  const out: Record<string, string> = {}
  const isNameless = !draft.first_name.trim() && !draft.last_name.trim()
  if (isNameless && changed.some(key => key === 'first_name' || key === 'last_name')) {
    out.first_name = m.contacts_needs_name()
  }
  for (const field of ownIn(draft, own)) {
    const key = ownKey(field)
    const typed = draft[key]
    if (!changed.includes(key) || typeof typed !== 'string') continue
    const read = typedOf(field, typed)
    if ('wrong' in read) out[key] = read.wrong
  }
  return out
}

function ownIn(draft: Draft, own: Own): ContactField[] {
  return draft.list_id === null ? [] : fieldsOf(own, { list_id: draft.list_id })
}

/** What is sent of these parts; null empties. */
export function bodyOf(draft: Draft, keys: readonly DraftKey[], own: Own): Omit<ContactChange, 'version'> {
  const body: Omit<ContactChange, 'version'> = {}
  for (const name of texts) if (keys.includes(name)) body[name] = draft[name].trim() || null
  if (keys.includes('owner_id')) body.owner_id = draft.owner_id
  if (keys.includes('tags')) body.tags = draft.tags
  if (keys.includes('numbers')) {
    body.numbers = draft.numbers.filter(({ number }) => number.trim() !== '')
  }
  if (keys.includes('socials')) {
    const said = draft.socials.filter(({ network, name }) => network.trim() && name.trim())
    body.socials = Object.fromEntries(said.map(({ network, name }) => [network.trim(), name.trim()]))
  }
  const fields: Record<string, FieldValue | null> = {}
  for (const field of ownIn(draft, own)) {
    const key = ownKey(field)
    const typed = draft[key]
    if (!keys.includes(key) || typed === undefined) continue
    if (typeof typed === 'boolean') fields[field.key] = typed
    else {
      const read = typedOf({ ...field, required: false }, typed)
      if ('value' in read) fields[field.key] = read.value
    }
  }
  return Object.keys(fields).length > 0 ? { ...body, fields } : body
}

/** A new one: what is empty is not said. */
export function newBody(draft: Draft, list: number, own: Own, force: boolean): NewContact {
  const said = (Object.keys(draft) as DraftKey[]).filter(key => {
    const value = draft[key]
    if (Array.isArray(value)) return value.length > 0
    return typeof value === 'string' ? value.trim() !== '' : value !== null && value !== false
  })
  return { ...bodyOf(draft, said, own), list_id: list, force }
}

const labels: Record<Exclude<DraftKey, OwnKey>, () => string> = {
  list_id: () => m.contacts_list(),
  first_name: () => m.sidebar_first_name(),
  last_name: () => m.sidebar_last_name(),
  company: () => m.sidebar_company(),
  date_of_birth: () => m.contacts_born(),
  language: () => m.sidebar_language(),
  owner_id: () => m.field_owner(),
  phone: () => m.sidebar_phone(),
  mobile: () => m.sidebar_mobile(),
  numbers: () => m.contacts_numbers(),
  email: () => m.sidebar_email(),
  postal_address: () => m.contacts_address(),
  url: () => m.contacts_url(),
  socials: () => m.contacts_socials(),
  description: () => m.sidebar_description(),
  tags: () => m.sidebar_tags(),
}

export function labelOf(key: string, own: Own): string {
  if (key.startsWith('fields.')) return own.find(field => ownKey(field) === key)?.name ?? key
  return Object.hasOwn(labels, key) ? labels[key as keyof typeof labels]() : key
}

/** What a part says, in a line: to tell one's own from another's. */
export function saidOf(
  draft: Draft,
  key: DraftKey,
  own: Own,
  owners: readonly { id: number; name: string }[],
): string {
  const value = draft[key]
  if (key === 'owner_id')
    return owners.find(({ id }) => id === value)?.name ?? (value === null ? '' : `#${value}`)
  if (key === 'language') return draft.language ? languageWords(draft.language) : ''
  if (key === 'numbers') return draft.numbers.map(({ number }) => number).join(', ')
  if (key === 'socials') return draft.socials.map(({ network, name }) => `${network}: ${name}`).join(', ')
  if (key === 'tags') return draft.tags.join(', ')
  if (typeof value === 'boolean') return value ? m.sidebar_on() : m.sidebar_off()
  const field = own.find(one => ownKey(one) === key)
  if (field && typeof value === 'string') {
    const read = typedOf({ ...field, required: false }, value)
    return 'value' in read && read.value !== null ? shownOf(field, read.value) : value
  }
  return String(value ?? '')
}
