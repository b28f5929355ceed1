// The columns of the table: which there are, how wide, and what a click on their head orders by. Pure.
import type { Sort } from '@/api/keys'
import type { ContactField } from '@/api/types'
import { keyOf, type OwnField, ownOf } from '../advanced/fields'

interface Column {
  /** In pixels, the least; what is left over goes by `grow`. */
  width: number
  grow: number
  sort?: Sort
  /** Shown unless one says otherwise. */
  isUsual?: true
}

export const columns = {
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
} as const satisfies Record<string, Column>

export type RowColumn = keyof typeof columns
export type ColumnName = RowColumn | OwnField
const rowColumns = Object.keys(columns) as RowColumn[]

/** All custom fields are as wide, so that nothing moves when it is known what they are. */
const ownColumn: Column = { width: 140, grow: 1 }
/** As many of them as the server tells at once. */
export const ownAtMost = 20

export function isRowColumn(name: string): name is RowColumn {
  return Object.hasOwn(columns, name)
}

export function columnOf(name: ColumnName): Column {
  return isRowColumn(name) ? columns[name] : ownColumn
}

export const usualColumns: readonly ColumnName[] = rowColumns.filter(name => columnOf(name).isUsual)

type Own = readonly ContactField[]

/** All there are for this reader: the custom fields of contacts too, but what is archived or hidden. */
export function columnNames(own: Own): readonly ColumnName[] {
  const seen = own.filter(one => !one.archived && !one.hidden)
  return [...rowColumns, ...seen.map(({ key }): OwnField => `contact.fields.${key}`)]
}

/**
 * As the URL says, each once; the usual ones where it says nothing that is known. What the custom fields are is known a
 * moment later than that they are shown.
 */
export function columnsOf(text: string | undefined, own: Own | undefined): readonly ColumnName[] {
  const named = new Set((text ?? '').split(',').filter(name => isColumn(name, own)))
  const shown = [...named].filter((name, at) => {
    const before = [...named].slice(0, at).filter(other => !isRowColumn(other))
    return isRowColumn(name) || before.length < ownAtMost
  })
  return shown.length > 0 ? shown : usualColumns
}

function isColumn(name: string, own: Own | undefined): name is ColumnName {
  if (isRowColumn(name)) return true
  if (!own) return keyOf(name) !== undefined
  const one = ownOf(name, own)
  return one !== undefined && !one.archived && !one.hidden
}

/** The keys of the custom fields among them. */
export function ownKeys(names: readonly ColumnName[]): string[] {
  return names.flatMap(name => keyOf(name) ?? [])
}

/** As it goes into the URL: what is usual is not said. */
export function columnsText(names: readonly ColumnName[]): string | undefined {
  const text = names.join(',')
  return names.length === 0 || text === usualColumns.join(',') ? undefined : text
}

/** One place up or down; at the end it stays. */
export function moved(names: readonly ColumnName[], name: ColumnName, by: -1 | 1): readonly ColumnName[] {
  const from = names.indexOf(name)
  const to = from + by
  if (from < 0 || to < 0 || to >= names.length) return names
  return names.toSpliced(from, 1).toSpliced(to, 0, name)
}

/** Shown or not; one that comes back comes last, and the last one stays. */
export function toggled(names: readonly ColumnName[], name: ColumnName): readonly ColumnName[] {
  if (!names.includes(name)) return [...names, name]
  return names.length > 1 ? names.filter(other => other !== name) : names
}

const ends = 36

/** The grid that head and rows share, with the box in front and the menu behind. */
export function gridOf(names: readonly ColumnName[]): { gridTemplateColumns: string; minWidth: number } {
  const tracks = names.map(name => {
    const { width, grow } = columnOf(name)
    return grow > 0 ? `minmax(${width}px, ${grow}fr)` : `${width}px`
  })
  const width = names.reduce((sum, name) => sum + columnOf(name).width, 0)
  return {
    gridTemplateColumns: `${ends}px ${tracks.join(' ')} ${ends}px`,
    minWidth: width + 2 * ends + 12 * names.length,
  }
}
