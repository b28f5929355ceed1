// The guard against answering what one has not read: the server refused because the customer had written again. What
// was refused is back in the box; these are the messages to read before it goes out.
import { useSyncExternalStore } from 'react'
import type { Message } from '@/api/types'

const held = new Map<number, readonly Message[]>()
const listeners = new Set<() => void>()

export function setStale(interactionId: number, newer: readonly Message[] | null): void {
  if (newer) held.set(interactionId, newer)
  else if (!held.delete(interactionId)) return
  for (const listener of listeners) listener()
}

export function staleOf(interactionId: number): readonly Message[] | null {
  return held.get(interactionId) ?? null
}

export function useStale(interactionId: number): readonly Message[] | null {
  return useSyncExternalStore(subscribe, () => staleOf(interactionId))
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}
