// A contact in a few words.
import type { Contact, ContactList, NumberKind } from '@/api/types'
import { m } from '@/i18n/pages'

export function originWords(origin: Contact['origin']): string {
  switch (origin) {
    case 'agent':
      return m.contacts_origin_agent()
    case 'message':
      return m.contacts_origin_message()
    case 'import':
      return m.contacts_origin_import()
    case 'card':
      return m.contacts_origin_card()
    case 'copy':
      return m.contacts_origin_copy()
  }
}

const levels = ['view', 'add', 'edit', 'merge_delete'] as const
export type Level = (typeof levels)[number]

/** Those in which one may do as much; not those that were removed. */
export function listsWith(lists: readonly ContactList[], least: Level): ContactList[] {
  return lists.filter(
    ({ level, deleted_at }) =>
      deleted_at === null && level !== null && levels.indexOf(level) >= levels.indexOf(least),
  )
}

export function numberKindWords(kind: NumberKind): string {
  switch (kind) {
    case 'mobile':
      return m.contacts_kind_mobile()
    case 'home':
      return m.contacts_kind_home()
    case 'work':
      return m.contacts_kind_work()
    case 'fax':
      return m.contacts_kind_fax()
    case 'other':
      return m.contacts_kind_other()
  }
}
