/** The open interactions, on every screen. */
export function TabStrip() {
  return null
}
