// The columns of the table of interactions, and what a click on their head orders by.
import type { Sort } from '@/api/keys'
import type { OwnField } from '@/features/conditions/fields'
import { type Column, columnSet } from '@/features/list/columns'

const columns = {
  id: { width: 64, grow: 0, sort: 'id', isUsual: true },
  watching: { width: 72, grow: 0, isUsual: true },
  customer: { width: 160, grow: 2, sort: 'contact', isUsual: true },
  phone: { width: 140, grow: 0 },
  account: { width: 80, grow: 1, isUsual: true },
  started: { width: 150, grow: 0, sort: 'started', isUsual: true },
  last_message: { width: 190, grow: 4, sort: 'last', isUsual: true },
  status: { width: 140, grow: 2, sort: 'status', isUsual: true },
  agent: { width: 110, grow: 1, isUsual: true },
  first_agent: { width: 120, grow: 1 },
  queue: { width: 100, grow: 1, isUsual: true },
  tags: { width: 100, grow: 1, isUsual: true },
  sentiment: { width: 110, grow: 0 },
  waiting: { width: 110, grow: 0, sort: 'waiting' },
  window: { width: 110, grow: 0, sort: 'window' },
} as const satisfies Record<string, Column<Sort>>

export type RowColumn = keyof typeof columns
export type ColumnName = RowColumn | OwnField

export const interactionColumns = columnSet<RowColumn, Sort>(columns)
