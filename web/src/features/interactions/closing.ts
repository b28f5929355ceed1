// Which interaction is asked about: kept outside React, because keys and menus ask.
import { useSyncExternalStore } from 'react'

let asked: number | null = null
const listeners = new Set<() => void>()

export function askToClose(id: number | null): void {
  asked = id
  for (const listener of listeners) listener()
}

export function useAskedToClose(): number | null {
  return useSyncExternalStore(subscribe, () => asked)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}
