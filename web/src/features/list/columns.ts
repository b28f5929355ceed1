// The columns of a table: which are shown, how wide, in which order. What columns there are, each table says. Pure.
import type { ContactField } from '@/api/types'
import { keyOf, type OwnField, ownOf } from '@/features/conditions/fields'

export interface Column<S extends string = string> {
  /** In pixels, the least; what is left over goes by `grow`. */
  width: number
  grow: number
  /** What a click on its head orders by. */
  sort?: S
  /** Shown unless one says otherwise. */
  isUsual?: true
}

/** All custom fields are as wide, so that nothing moves when it is known what they are. */
const ownColumn: Column<never> = { width: 140, grow: 1 }
/** As many of them as the server tells at once. */
export const ownAtMost = 20
const ends = 36

type Own = readonly ContactField[]

export interface ColumnSet<R extends string, S extends string> {
  isRow: (name: string) => name is R
  columnOf: (name: R | OwnField) => Column<S>
  usual: readonly (R | OwnField)[]
  /** All there are for this reader: the custom fields of contacts too, but what is archived or hidden. */
  namesOf: (own: Own) => readonly (R | OwnField)[]
  /**
   * As the URL says, each once; the usual ones where it says nothing that is known. What the custom fields are is
   * known a moment later than that they are shown.
   */
  shownOf: (text: string | undefined, own: Own | undefined) => readonly (R | OwnField)[]
  /** As it goes into the URL: what is usual is not said. */
  textOf: (names: readonly (R | OwnField)[]) => string | undefined
  /** The grid that head and rows share, with the box in front and the menu behind. */
  gridOf: (names: readonly (R | OwnField)[]) => { gridTemplateColumns: string; minWidth: number }
}

export function columnSet<R extends string, S extends string>(
  columns: Readonly<Record<R, Column<S>>>,
): ColumnSet<R, S> {
  const rowColumns = Object.keys(columns) as R[]
  const isRow = (name: string): name is R => Object.hasOwn(columns, name)
  const columnOf = (name: R | OwnField): Column<S> => (isRow(name) ? columns[name] : ownColumn)
  const usual = rowColumns.filter(name => columns[name].isUsual)
  const isColumn = (name: string, own: Own | undefined): name is R | OwnField => {
    if (isRow(name)) return true
    if (!own) return keyOf(name) !== undefined
    const one = ownOf(name, own)
    return one !== undefined && !one.archived && !one.hidden
  }
  return {
    isRow,
    columnOf,
    usual,
    namesOf: own => {
      const seen = own.filter(one => !one.archived && !one.hidden)
      return [...rowColumns, ...seen.map(({ key }): OwnField => `contact.fields.${key}`)]
    },
    shownOf: (text, own) => {
      const named = [...new Set((text ?? '').split(','))].filter(name => isColumn(name, own))
      const shown = named.filter((name, at) => {
        const before = named.slice(0, at).filter(other => !isRow(other))
        return isRow(name) || before.length < ownAtMost
      })
      return shown.length > 0 ? shown : usual
    },
    textOf: names => {
      const text = names.join(',')
      return names.length === 0 || text === usual.join(',') ? undefined : text
    },
    gridOf: names => {
      const tracks = names.map(name => {
        const { width, grow } = columnOf(name)
        return grow > 0 ? `minmax(${width}px, ${grow}fr)` : `${width}px`
      })
      const width = names.reduce((sum, name) => sum + columnOf(name).width, 0)
      return {
        gridTemplateColumns: `${ends}px ${tracks.join(' ')} ${ends}px`,
        minWidth: width + 2 * ends + 12 * names.length,
      }
    },
  }
}

/** The keys of the custom fields among them. */
export function ownKeys(names: readonly string[]): string[] {
  return names.flatMap(name => keyOf(name) ?? [])
}

/** One place up or down; at the end it stays. */
export function moved<N extends string>(names: readonly N[], name: N, by: -1 | 1): readonly N[] {
  const from = names.indexOf(name)
  const to = from + by
  if (from < 0 || to < 0 || to >= names.length) return names
  return names.toSpliced(from, 1).toSpliced(to, 0, name)
}

/** Shown or not; one that comes back comes last, and the last one stays. */
export function toggled<N extends string>(names: readonly N[], name: N): readonly N[] {
  if (!names.includes(name)) return [...names, name]
  return names.length > 1 ? names.filter(other => other !== name) : names
}
