// The message that an answer will quote: chosen in the thread, shown and sent by the composer. It is kept for each
// interaction, so that it is still there when one comes back to the tab.
import { useSyncExternalStore } from 'react'
import type { Message } from '@/api/types'

const quotes = new Map<number, Message>()
const listeners = new Set<() => void>()

/** Quotes a message in the next answer, or with null nothing; the composer takes the focus. */
export function setQuote(interactionId: number, message: Message | null): void {
  if ((quotes.get(interactionId) ?? null) === message) return
  if (message) quotes.set(interactionId, message)
  else quotes.delete(interactionId)
  for (const listener of listeners) listener()
}

export function quoteOf(interactionId: number): Message | null {
  return quotes.get(interactionId) ?? null
}

export function useQuote(interactionId: number): Message | null {
  return useSyncExternalStore(subscribe, () => quoteOf(interactionId))
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}
