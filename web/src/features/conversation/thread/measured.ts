// How high the rows of recent threads were, so that going back to one shows it in place at once.
import type { VirtualItem } from '@tanstack/react-virtual'

const most = 30
const held = new Map<number, VirtualItem[]>()

export function measuredOf(interactionId: number): VirtualItem[] {
  return held.get(interactionId) ?? []
}

export function keepMeasured(interactionId: number, items: VirtualItem[]): void {
  held.delete(interactionId)
  held.set(interactionId, items)
  const oldest = held.keys().next().value
  if (held.size > most && oldest !== undefined) held.delete(oldest)
}
