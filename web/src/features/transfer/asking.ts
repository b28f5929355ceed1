// What is to be handed on: kept outside React, because keys, menus and other screens ask.
import { useSyncExternalStore } from 'react'

export type Request =
  /** Proposed to somebody, who may say no. */
  | { do: 'transfer'; id: number }
  /** Given to somebody, by a supervisor: one or many. */
  | { do: 'assign'; ids: readonly number[] }
  /** All that somebody holds; null: whose is asked first. */
  | { do: 'moveAll'; of: { id: number; name: string } | null }

let asked: Request | null = null
const listeners = new Set<() => void>()

export function askToHandOn(request: Request | null): void {
  asked = request
  for (const listener of listeners) listener()
}

export function useAskedToHandOn(): Request | null {
  return useSyncExternalStore(subscribe, () => asked)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}
