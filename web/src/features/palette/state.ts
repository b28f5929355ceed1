// Which of the two overlays is open: kept outside React, because commands open them.
import { useSyncExternalStore } from 'react'

type Open = 'palette' | 'sheet' | null

let open: Open = null
const listeners = new Set<() => void>()

export const openPalette = () => set('palette')
export const openSheet = () => set('sheet')
export const closeOverlay = () => set(null)

export function useOpenOverlay(): Open {
  return useSyncExternalStore(subscribe, () => open)
}

function set(next: Open) {
  open = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}
