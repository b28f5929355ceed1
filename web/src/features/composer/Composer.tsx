/** Where one writes to the customer, or a note. */
export function Composer(_: { interactionId: number }) {
  return null
}
