// Whether the details are shown: remembered where they stand beside the thread; where they lie over it, they open only
// when asked for.
import { useCallback, useState } from 'react'
import { useMedia } from '@/lib/useMedia'
import { useStateOf } from '@/lib/useStateOf'

const key = 'pronto.sidebar'

declare module '@/commands/registry' {
  interface Context {
    toggleSidebar?: () => void
  }
}

export function useSidebar(interactionId: number): { isOpen: boolean; toggle: () => void } {
  const wide = useMedia('(min-width: 1100px)')
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
