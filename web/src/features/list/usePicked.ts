import { useCallback, useMemo, useState } from 'react'

export interface Picking {
  picked: ReadonlySet<number>
  /** Turns one on or off; with `through`, all between it and the one before come along. */
  pick: (id: number, through?: boolean) => void
  /** The row stands for itself: moving on from it with Shift picks both. */
  extend: (from: number, to: number) => void
  pickAll: () => void
  clear: () => void
}

interface Held {
  listName: string
  ids: ReadonlySet<number>
  /** Where a range begins. */
  anchor: number | null
}

const nothing: ReadonlySet<number> = new Set()

/** Rows chosen to be dealt with together. Another list is another choice; what has left the list is not done to. */
export function usePicked(
  listName: string,
  shown: readonly number[],
  left: ReadonlySet<number>,
  /** No more are done at once than the server takes. */
  atMost: number,
): Picking {
  const [held, setHeld] = useState<Held>({ listName, ids: nothing, anchor: null })
  const ids = held.listName === listName ? held.ids : nothing
  const anchor = held.listName === listName ? held.anchor : null
  const picked = useMemo(
    () => (ids.size === 0 ? nothing : new Set(shown.filter(id => ids.has(id) && !left.has(id)))),
    [ids, shown, left],
  )
  const keep = useCallback(
    (next: Iterable<number>, from: number | null) =>
      setHeld({ listName, ids: new Set([...next].slice(0, atMost)), anchor: from }),
    [listName, atMost],
  )
  const pick = useCallback(
    (id: number, through = false) => {
      if (through && anchor !== null && anchor !== id) keep([...picked, ...between(shown, anchor, id)], id)
      else if (picked.has(id))
        keep(
          [...picked].filter(other => other !== id),
          id,
        )
      else keep([...picked, id], id)
    },
    [keep, picked, shown, anchor],
  )
  const extend = useCallback(
    (from: number, to: number) => keep([...picked, ...between(shown, from, to)], to),
    [keep, picked, shown],
  )
  const pickAll = useCallback(
    () =>
      keep(
        shown.filter(id => !left.has(id)),
        null,
      ),
    [keep, shown, left],
  )
  const clear = useCallback(() => keep([], null), [keep])
  return { picked, pick, extend, pickAll, clear }
}

function between(shown: readonly number[], one: number, other: number): readonly number[] {
  const ends = [shown.indexOf(one), shown.indexOf(other)]
  const from = Math.min(...ends)
  return from < 0 ? [other] : shown.slice(from, Math.max(...ends) + 1)
}
