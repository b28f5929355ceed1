// What one is asked about an interaction, or several: kept outside React, because keys, menus and tabs ask.
import { useSyncExternalStore } from 'react'
import { hold, release } from '@/lib/typedAhead'

export type Asking =
  /** Close; `dispose` says that it should be said how it ended. */
  | { what: 'close'; ids: readonly number[]; dispose: boolean }
  /** How a closed one ended. */
  | { what: 'ending'; id: number }
  | { what: 'snooze'; id: number }
  | { what: 'tags'; ids: readonly number[] }
  | { what: 'block'; id: number }
  /** Take it with one, as a file. */
  | { what: 'download'; id: number }

let asked: Asking | null = null
const listeners = new Set<() => void>()

export function ask(next: Asking | null): void {
  asked = next
  // The others have a field that finds.
  if (next && next.what !== 'block') hold(() => ask(null))
  else release()
  for (const listener of listeners) listener()
}

export function useAsking(): Asking | null {
  return useSyncExternalStore(subscribe, () => asked)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}
