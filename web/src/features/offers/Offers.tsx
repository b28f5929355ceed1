/** The offers that wait for an answer, stacked top right on every screen. */
export function Offers() {
  return null
}
