// What commands may ask of a list while it is on screen.

export interface ListHandle {
  /** Moves the cursor. */
  move: (step: number) => void
  open: () => void
  /** Shows what came above. */
  thaw: () => void
  isStale: () => boolean
  focus: () => void
  focusSearch: () => void
  /** The full width with columns, or beside what is open. */
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
    contactList?: ListHandle
    /** The card on screen. */
    openContactId?: number
  }
}

/** Whose list it is, for commands. */
export type HandleName = 'interactionList' | 'contactList'
