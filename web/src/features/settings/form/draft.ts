// What differs between what is stored and what was typed. Pure; the save bar, the request and the way out of a
// conflict are all made of it.

export type KeyOf<D> = keyof D & string

/** Equal as the reader means it: ids in another order are the same choice. */
export function same(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true
  if (Array.isArray(one) && Array.isArray(other)) {
    if (one.length !== other.length) return false
    if (isIds(one) && isIds(other)) return one.every(id => other.includes(id))
    return one.every((item, index) => same(item, other[index]))
  }
  if (!isObject(one) || !isObject(other)) return false
  const names = new Set([...Object.keys(one), ...Object.keys(other)])
  return [...names].every(name => same(one[name], other[name]))
}

export function changedKeys<D extends object>(stored: D, draft: D): KeyOf<D>[] {
  return keysOf(draft).filter(key => !same(stored[key], draft[key]))
}

export function pick<D extends object>(draft: D, keys: readonly KeyOf<D>[]): Partial<D> {
  const out: Partial<D> = {}
  for (const key of keys) out[key] = draft[key]
  return out
}

export interface Rebased<D> {
  /** What was typed, on top of what is stored now. */
  draft: D
  /** What somebody else changed. */
  theirs: KeyOf<D>[]
  /** What both changed, each to something else: saving keeps what was typed. */
  both: KeyOf<D>[]
}

export function rebase<D extends object>(base: D, draft: D, fresh: D): Rebased<D> {
  const mine = changedKeys(base, draft)
  const theirs = changedKeys(base, fresh)
  return {
    draft: { ...fresh, ...pick(draft, mine) },
    theirs,
    both: theirs.filter(key => mine.includes(key) && !same(draft[key], fresh[key])),
  }
}

/** Misfits by the path of their field: `name`, `flow[0].queue_id`. */
export type Misfits = Readonly<Record<string, string>>

/** The field of the form that a path belongs to. */
export function rootOf(path: string): string {
  return path.split(/[.[]/, 1)[0] ?? path
}

export function withoutMisfits(misfits: Misfits, key: string): Misfits {
  return Object.fromEntries(Object.entries(misfits).filter(([path]) => rootOf(path) !== key))
}

/** Fields that stand empty where a number has to be. */
export function emptyNumbers<D extends object>(draft: D): KeyOf<D>[] {
  return keysOf(draft).filter(key => Number.isNaN(draft[key]))
}

function keysOf<D extends object>(draft: D): KeyOf<D>[] {
  return Object.keys(draft) as KeyOf<D>[]
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function isIds(values: unknown[]): values is number[] {
  return values.every(value => typeof value === 'number')
}
