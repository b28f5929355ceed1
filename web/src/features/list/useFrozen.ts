import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { type Frozen, freeze } from './frozen'

/** So long after the last key or movement nobody is taken to be reading. */
const calmMs = 15_000

export interface FrozenList extends Frozen {
  /** Shows the true order. */
  thaw: () => void
}

/**
 * Holds the order while somebody may be looking: the pointer or the focus is in the list, it is scrolled, or the desk
 * was used a moment ago. Otherwise it follows by itself.
 */
export function useFrozen(listName: string, live: readonly number[], isHeld: () => boolean): FrozenList {
  const [held, setHeld] = useState({ listName, shown: live })
  // Another filter is another list: there is nothing of it to keep still.
  const shown = held.listName === listName ? held.shown : live
  const frozen = useMemo(() => freeze(shown, live), [shown, live])
  if (held.listName !== listName || (shown.length === 0 && live.length > 0)) {
    setHeld({ listName, shown: live })
  } else if (frozen.shown !== shown) {
    setHeld({ listName, shown: frozen.shown })
  }

  const thaw = useCallback(() => setHeld({ listName, shown: live }), [listName, live])

  const isStale = frozen.fresh > 0 || frozen.left.size > 0
  const lastUse = useLastUse()
  useEffect(() => {
    if (!isStale) return
    const timer = setInterval(() => {
      const isCalm = document.hidden || Date.now() - lastUse.current > calmMs
      if (isCalm && !isHeld()) thaw()
    }, 1_000)
    return () => clearInterval(timer)
  }, [isStale, isHeld, lastUse, thaw])

  return { ...frozen, thaw }
}

function useLastUse() {
  const last = useRef(Date.now())
  useEffect(() => {
    const used = () => {
      last.current = Date.now()
    }
    const events = ['pointermove', 'pointerdown', 'keydown', 'wheel'] as const
    for (const name of events) window.addEventListener(name, used, { passive: true })
    return () => {
      for (const name of events) window.removeEventListener(name, used)
    }
  }, [])
  return last
}
