import { useState } from 'react'

interface Item {
  id: number
}

/** Newest first, but what arrives stays above the edge until it is asked for: rows never move under the pointer. */
export function useNewAbove<T extends Item>(items: readonly T[], resetKey: string) {
  const newest = items[0]?.id ?? 0
  const [shown, setShown] = useState({ key: resetKey, upTo: newest })
  const isReset = shown.key !== resetKey || (shown.upTo === 0 && newest > 0)
  if (isReset) setShown({ key: resetKey, upTo: newest })
  const upTo = isReset ? newest : shown.upTo
  const visible = items.filter(item => item.id <= upTo)
  return {
    visible,
    waiting: items.length - visible.length,
    showAll: () => setShown({ key: resetKey, upTo: newest }),
  }
}
