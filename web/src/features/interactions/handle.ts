// What a command is about.
import type { Context } from '@/commands/registry'
// Brings the list's part of the context.
import type {} from '@/features/list/handle'

declare module '@/commands/registry' {
  interface Context {
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

/** No more are done at once than the server takes. */
export const pickedAtMost = 200
