// Whether the advanced search is open: a key, the palette, the filter and the chips ask for it.
import { useSyncExternalStore } from 'react'

let isOpen = false
const listeners = new Set<() => void>()

export function openAdvanced(open: boolean): void {
  isOpen = open
  for (const listener of listeners) listener()
}

export function useAdvancedOpen(): boolean {
  return useSyncExternalStore(
    listener => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => isOpen,
  )
}
