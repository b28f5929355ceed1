// Which of the frame's dialogs is open: kept outside React, because commands and menus open them.
import { useSyncExternalStore } from 'react'

export type FrameDialog = 'signOut' | 'keys' | 'alerts'

let open: FrameDialog | null = null
const listeners = new Set<() => void>()

export function openDialog(next: FrameDialog | null): void {
  open = next
  for (const listener of listeners) listener()
}

export function useOpenDialog(): FrameDialog | null {
  return useSyncExternalStore(subscribe, () => open)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}
