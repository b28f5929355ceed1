// A message that somewhere else was asked for, such as the note of a notice: kept outside React until its thread is on
// screen.
import { useEffect } from 'react'

let asked: { interactionId: number; messageId: number } | null = null
const listeners = new Set<() => void>()

export function askToShow(interactionId: number, messageId: number): void {
  asked = { interactionId, messageId }
  for (const listener of listeners) listener()
}

/** Shows what is asked for of this thread, now and later; null while there is nothing to show yet. */
export function useAsked(interactionId: number | null, show: (messageId: number) => void): void {
  useEffect(() => {
    const look = () => {
      if (asked === null || asked.interactionId !== interactionId) return
      const { messageId } = asked
      asked = null
      show(messageId)
    }
    look()
    listeners.add(look)
    return () => void listeners.delete(look)
  }, [interactionId, show])
}
