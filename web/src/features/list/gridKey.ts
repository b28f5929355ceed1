import type { KeyboardEvent } from 'react'

/** What a key asks of the list: so many rows further, to open a row, its menu, or to pick rows. */
export function gridKey(
  event: KeyboardEvent<HTMLElement>,
  pageRows: number,
  count: number,
): number | 'open' | 'menu' | 'pick' | 'pickAll' | 'clear' | null {
  const { key, shiftKey, altKey, ctrlKey, metaKey } = event
  if ((ctrlKey || metaKey) && !altKey && !shiftKey && key.toLowerCase() === 'a') return 'pickAll'
  if (altKey || ctrlKey || metaKey) return null
  if (key === ' ') return event.target === event.currentTarget ? 'pick' : null
  if (key === 'Escape') return 'clear'
  if (key === 'ContextMenu' || (key === 'F10' && shiftKey)) return 'menu'
  // On a button inside a row, Enter is that button's.
  if (key === 'Enter') return event.target === event.currentTarget ? 'open' : null
  const steps: Record<string, number> = {
    ArrowDown: 1,
    ArrowUp: -1,
    PageDown: pageRows,
    PageUp: -pageRows,
    Home: -count,
    End: count,
  }
  return Object.hasOwn(steps, key) ? (steps[key] ?? null) : null
}
