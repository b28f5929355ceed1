// Which dialog about contacts is open: kept outside React, because menus, keys and the bar open them.
import { useSyncExternalStore } from 'react'

export type ContactAsk =
  | { what: 'copy' | 'merge'; id: number }
  | { what: 'move' | 'delete' | 'tags'; ids: readonly number[] }

let asked: ContactAsk | null = null
const listeners = new Set<() => void>()

export function askAbout(next: ContactAsk | null): void {
  asked = next
  for (const listener of listeners) listener()
}

export function useContactAsk(): ContactAsk | null {
  return useSyncExternalStore(
    listener => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => asked,
  )
}
