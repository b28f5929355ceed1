// The message that an answer will quote: chosen in the thread, shown and sent by the composer. It is a part of the
// draft, so it is still there when one comes back to the tab.
import { useSyncExternalStore } from 'react'
import type { Message } from '@/api/types'
import { drafts } from './drafts'

/** Quotes a message in the next answer, or with null nothing; the composer takes the focus. */
export function setQuote(interactionId: number, message: Message | null): void {
  if (quoteOf(interactionId)?.id !== message?.id) drafts.change(interactionId, { quote: message })
}

export function quoteOf(interactionId: number): Message | null {
  return drafts.get(interactionId).quote
}

export function useQuote(interactionId: number): Message | null {
  return useSyncExternalStore(drafts.subscribe, () => quoteOf(interactionId))
}
