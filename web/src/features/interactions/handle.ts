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
  /** The full width with columns, or beside the conversation. */
  toggleTable: () => void
  /** The row under the cursor. */
  cursor: () => number | null
  /** The rows that are picked to be dealt with together. */
  picked: () => readonly number[]
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

/** The same for what can be done to several: the picked rows, where the list has the focus. */
export function targetsOf(context: Context): readonly number[] {
  const list = context.interactionList
  const picked = list?.hasFocus() ? list.picked() : []
  if (picked.length > 0) return picked
  const one = targetOf(context)
  return one === null ? [] : [one]
}
