// The tree of dispositions as rows, in the order they are read. Pure.
import type { Disposition, DispositionScope } from '@/api/types'

export interface TreeRow {
  one: Disposition
  /** Those it can change places with, itself included. */
  siblings: readonly Disposition[]
  /** A heading, or something above it, was retired. */
  isHidden: boolean
  isHeading: boolean
}

export interface TreeGroup {
  scope: DispositionScope
  scopeId: number
  name: string | null
  rows: TreeRow[]
}

const order: readonly DispositionScope[] = ['global', 'list', 'account', 'queue']

/** Each group with its rows from the top down. Retired ones only where they are wanted. */
export function treeOf(all: readonly Disposition[], withRetired: boolean): TreeGroup[] {
  const groups = new Map<string, TreeGroup>()
  for (const one of all) {
    const key = `${order.indexOf(one.scope)} ${one.scope_id}`
    if (!groups.has(key)) {
      groups.set(key, { scope: one.scope, scopeId: one.scope_id, name: one.scope_name ?? null, rows: [] })
    }
  }
  for (const group of groups.values()) {
    const own = all.filter(one => one.scope === group.scope && one.scope_id === group.scopeId)
    const walk = (parent: number | null, isHidden: boolean) => {
      const siblings = own.filter(one => (one.parent_id ?? null) === parent && (withRetired || !one.retired))
      for (const one of siblings) {
        const isHeading = own.some(other => other.parent_id === one.id && !other.retired)
        group.rows.push({ one, siblings, isHidden: isHidden || one.retired, isHeading })
        walk(one.id, isHidden || one.retired)
      }
    }
    walk(null, false)
  }
  return [...groups.entries()]
    .toSorted(([one], [other]) => one.localeCompare(other, undefined, { numeric: true }))
    .map(([, group]) => group)
    .filter(group => group.rows.length > 0)
}

/** The order after one has moved a place up or down; undefined at the end. */
export function moved(row: TreeRow, by: -1 | 1): number[] | undefined {
  const ids = row.siblings.map(({ id }) => id)
  const from = ids.indexOf(row.one.id)
  const to = from + by
  if (from < 0 || to < 0 || to >= ids.length) return undefined
  return ids.with(from, ids[to] ?? 0).with(to, row.one.id)
}
