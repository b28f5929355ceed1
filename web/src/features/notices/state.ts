// Whether the list of notices is open: kept outside React, because a key and the palette open it.
import { useSyncExternalStore } from 'react'

let isOpen = false
const listeners = new Set<() => void>()

export function showNotices(next: boolean): void {
  isOpen = next
  for (const listener of listeners) listener()
}

export function useNoticesOpen(): boolean {
  return useSyncExternalStore(subscribe, () => isOpen)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}
