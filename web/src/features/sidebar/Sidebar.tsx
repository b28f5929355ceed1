/** Contact, interaction and customer journey beside the thread. */
export function Sidebar(_: { interactionId: number }) {
  return null
}
