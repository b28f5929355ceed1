// What may be done with a contact: as its list allows, or as the server said of one that was asked for by itself.
import type { ContactCard, ContactList } from '@/api/types'
import { listsWith } from './words'

export interface ContactRights {
  edit: boolean
  /** Delete, bring back, move and merge. */
  remove: boolean
  /** There is another list to copy it into. */
  copy: boolean
}

export function rightsOn(contact: ContactCard, lists: readonly ContactList[]): ContactRights {
  const level = (least: 'edit' | 'merge_delete') =>
    listsWith(lists, least).some(({ id }) => id === contact.list_id)
  return {
    edit: contact.may_edit ?? level('edit'),
    remove: contact.may_delete ?? level('merge_delete'),
    copy: listsWith(lists, 'add').some(({ id }) => id !== contact.list_id),
  }
}
