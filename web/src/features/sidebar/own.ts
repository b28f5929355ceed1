// Custom fields of a contact: how a value is typed, shown and sent. Pure but for the reader's language and time zone.
import type { Contact, ContactField, FieldValue } from '@/api/types'
import { fieldTime, fieldValue } from '@/features/composer/later/times'
import { region } from '@/i18n'
import { m } from '@/i18n/pages'
import { dateAndTime, millis } from '@/lib/time'

/** Those that this contact has, in order. */
export function fieldsOf(all: readonly ContactField[], contact: Pick<Contact, 'list_id'>): ContactField[] {
  return all.filter(field => !field.archived && (field.list_id === null || field.list_id === contact.list_id))
}

/** As it is typed. */
export function textOf({ kind }: Pick<ContactField, 'kind'>, value: FieldValue | undefined): string {
  if (value === undefined) return ''
  if (kind === 'date_time' && typeof value === 'string') return fieldValue(millis(value))
  return String(value)
}

/** As it is read. */
export function shownOf({ kind }: Pick<ContactField, 'kind'>, value: FieldValue | undefined): string {
  if (value === undefined) return ''
  if (typeof value === 'number') {
    return value.toLocaleString(region(), { maximumFractionDigits: 10, useGrouping: false })
  }
  if (typeof value === 'boolean') return value ? m.sidebar_on() : m.sidebar_off()
  return kind === 'date_time' ? dateAndTime(millis(value)) : value
}

export type Typed = { value: FieldValue | null } | { wrong: string }

type Rules = Pick<ContactField, 'kind' | 'name' | 'required'>

/** What was typed, as it is sent; or what is wrong with it, by the field's name. */
export function typedOf({ kind, name, required }: Rules, text: string): Typed {
  const typed = text.trim()
  if (typed === '') return required ? { wrong: m.sidebar_own_required({ name }) } : { value: null }
  switch (kind) {
    case 'number': {
      // A comma stands for the point in half of Europe.
      const value = Number(typed.replace(',', '.'))
      return Number.isFinite(value) ? { value } : { wrong: m.sidebar_own_number({ name }) }
    }
    case 'date_time': {
      const at = fieldTime(typed)
      return at === null
        ? { wrong: m.sidebar_own_date_time({ name }) }
        : { value: new Date(at).toISOString() }
    }
    case 'url':
      return /^https?:\/\/[^\s/?#]+\S*$/i.test(typed)
        ? { value: typed }
        : { wrong: m.sidebar_own_url({ name }) }
    default:
      return { value: typed }
  }
}
