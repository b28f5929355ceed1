// What one person should know at once: the stream hears it, whoever words it listens.
import type { Frame } from '@/api/types'

export type Notice = Extract<Frame, { type: 'notice' }>

const listeners = new Set<(notice: Notice) => void>()

export function tellNotice(notice: Notice): void {
  for (const listener of listeners) listener(notice)
}

export function whenNoticed(listener: (notice: Notice) => void): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}
