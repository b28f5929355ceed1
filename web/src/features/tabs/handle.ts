// What commands may ask of the tabs.
export interface TabsHandle {
  active: () => number | null
  count: () => number
  /** To the first (0), the second, … */
  go: (index: number) => void
  putAway: () => void
  nextUnread: () => void
}

declare module '@/commands/registry' {
  interface Context {
    tabs?: TabsHandle
  }
}
