// The columns of the table of contacts.
import type { ContactSort } from '@/api/keys'
import type { OwnField } from '@/features/conditions/fields'
import { type Column, columnSet } from '@/features/list/columns'

const columns = {
  name: { width: 190, grow: 3, sort: 'name', isUsual: true },
  phone: { width: 145, grow: 0, isUsual: true },
  mobile: { width: 145, grow: 0 },
  email: { width: 170, grow: 2, isUsual: true },
  company: { width: 130, grow: 2, isUsual: true },
  list: { width: 110, grow: 1, isUsual: true },
  tags: { width: 110, grow: 1, isUsual: true },
  owner: { width: 120, grow: 1, isUsual: true },
  updated: { width: 110, grow: 0, sort: 'updated', isUsual: true },
  created: { width: 110, grow: 0, sort: 'created' },
  language: { width: 90, grow: 0 },
  origin: { width: 120, grow: 0 },
  id: { width: 72, grow: 0 },
} as const satisfies Record<string, Column<ContactSort>>

export type ContactColumn = keyof typeof columns
export type ContactColumnName = ContactColumn | OwnField

export const contactColumns = columnSet<ContactColumn, ContactSort>(columns)
