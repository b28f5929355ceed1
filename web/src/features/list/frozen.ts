// What a reader looks at does not move. The cache keeps the true order; the list shows the order of when it was last
// looked at, and says how much has come above since.

export interface Frozen {
  /** The rows on screen, in their order; also those that no longer belong, until the order is taken anew. */
  shown: readonly number[]
  /** Rows that would stand higher, or are not shown at all: the "3 new" of the pill. */
  fresh: number
  /** Shown, though they left the list. */
  left: ReadonlySet<number>
}

export function freeze(shown: readonly number[], live: readonly number[]): Frozen {
  if (shown.length === 0) return { shown: live, fresh: 0, left: new Set() }
  const held = new Set(shown)
  const lastHeld = live.findLastIndex(id => held.has(id))
  // Nothing in common: another list altogether.
  if (lastHeld < 0) return { shown: live, fresh: 0, left: new Set() }
  // Older pages go on where the shown ones end.
  const older = live.slice(lastHeld + 1)
  const present = new Set(live)
  const left = new Set(shown.filter(id => !present.has(id)))
  const added = live.slice(0, lastHeld + 1).filter(id => !held.has(id)).length
  return {
    shown: older.length > 0 ? [...shown, ...older] : shown,
    fresh: added + risen(shown, live),
    left,
  }
}

/** How many stand higher in the true order than on screen, counted among those that are in both. */
function risen(shown: readonly number[], live: readonly number[]): number {
  const present = new Set(live)
  const place = new Map<number, number>()
  for (const id of shown) if (present.has(id)) place.set(id, place.size)
  let count = 0
  let index = 0
  for (const id of live) {
    const before = place.get(id)
    if (before === undefined) continue
    if (index < before) count++
    index++
  }
  return count
}
