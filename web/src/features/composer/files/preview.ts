// Addresses under which this page shows a file that is still its own.
const held = new WeakMap<Blob, string>()

export function previewOf(blob: Blob): string {
  const known = held.get(blob)
  if (known) return known
  const made = URL.createObjectURL(blob)
  held.set(blob, made)
  return made
}

/** The page shows it no longer. */
export function dropPreview(blob: Blob): void {
  const known = held.get(blob)
  if (!known) return
  held.delete(blob)
  URL.revokeObjectURL(known)
}
