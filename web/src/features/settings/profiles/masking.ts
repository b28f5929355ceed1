// How a value looks to somebody it is hidden from: the same rule as the server's, for the preview only.
import type { Mask } from '@/api/types'

export function masked(mask: Mask, text: string): string {
  if (mask.mode === 'none') return text
  if (mask.mode === 'full') return '•••'
  const letters = [...text]
  const hidden = Math.min(mask.count, letters.length)
  return letters.slice(0, letters.length - hidden).join('') + '•'.repeat(hidden)
}
