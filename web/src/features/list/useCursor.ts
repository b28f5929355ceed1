import { useCallback, useState } from 'react'

/** The row the keyboard is on: remembered by its id, so it stays on it whatever moves. */
export function useCursor(ids: readonly number[], openId: number | undefined) {
  const [chosen, setChosen] = useState<number | null>(null)
  const cursor = chosen !== null && ids.includes(chosen) ? chosen : (ids.find(id => id === openId) ?? null)
  const step = useCallback(
    (by: number): number | null => {
      const at = cursor === null ? -1 : ids.indexOf(cursor)
      const next = ids[Math.max(0, Math.min(ids.length - 1, at + by))]
      if (next !== undefined) setChosen(next)
      return next ?? null
    },
    [ids, cursor],
  )
  return { cursor, step, setCursor: setChosen }
}
