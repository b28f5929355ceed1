// Whether the details are shown: remembered where they stand beside the thread; where they lie over it, they open only
// when asked for.
import { useCallback, useState, useSyncExternalStore } from 'react'
import { useStateOf } from '@/lib/useStateOf'

const key = 'pronto.sidebar'
const isWide = globalThis.matchMedia?.('(min-width: 1100px)')

declare module '@/commands/registry' {
  interface Context {
    toggleSidebar?: () => void
  }
}

export function useSidebar(interactionId: number): { isOpen: boolean; toggle: () => void } {
  const wide = useSyncExternalStore(subscribe, () => isWide?.matches ?? true)
  const [isPinned, setPinned] = useState(() => localStorage.getItem(key) !== 'closed')
  const [isOver, setOver] = useStateOf(interactionId, false)
  const toggle = useCallback(() => {
    if (!wide) return setOver(!isOver)
    setPinned(shown => {
      localStorage.setItem(key, shown ? 'closed' : 'open')
      return !shown
    })
  }, [wide, isOver, setOver])
  return { isOpen: wide ? isPinned : isOver, toggle }
}

function subscribe(listener: () => void): () => void {
  isWide?.addEventListener('change', listener)
  return () => isWide?.removeEventListener('change', listener)
}
