// What commands may ask of the list while it is on screen.
import type { Context } from '@/commands/registry'

export interface ListHandle {
  /** Moves the cursor. */
  move: (step: number) => void
  open: () => void
  /** Shows what came above. */
  thaw: () => void
  isStale: () => boolean
  focus: () => void
  focusSearch: () => void
  /** The row under the cursor. */
  cursor: () => number | null
  hasFocus: () => boolean
}

declare module '@/commands/registry' {
  interface Context {
    interactionList?: ListHandle
    /** The conversation on screen. */
    openInteractionId?: number
  }
}

/** What a key is about: the row, where the list has the focus, else the conversation on screen. */
export function targetOf(context: Context): number | null {
  const list = context.interactionList
  const row = list?.cursor() ?? null
  if (list?.hasFocus() && row !== null) return row
  return context.openInteractionId ?? row
}
