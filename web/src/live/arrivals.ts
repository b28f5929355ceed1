// Messages as they come over the stream, for what rings: the cache tells what is, not what is new.
import type { Interaction, Message } from '@/api/types'

type Listener = (message: Message, interaction: Interaction) => void

const listeners = new Set<Listener>()

/** Answers how to stop. */
export function onMessage(listener: Listener): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

export function arrived(message: Message, interaction: Interaction): void {
  for (const listener of listeners) listener(message, interaction)
}
