import { useSyncExternalStore } from 'react'
import { isWriting } from '@/lib/keys'

/** Whether plain letters are text just now, so that the keys that work are the ones with Alt. */
export function useWriting(): boolean {
  return useSyncExternalStore(subscribe, () => isWriting(document.activeElement))
}

function subscribe(listener: () => void): () => void {
  // Leaving one field for another is a focusout and a focusin.
  document.addEventListener('focusin', listener)
  document.addEventListener('focusout', listener)
  return () => {
    document.removeEventListener('focusin', listener)
    document.removeEventListener('focusout', listener)
  }
}
