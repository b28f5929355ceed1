import type { UseInfiniteQueryResult } from '@tanstack/react-query'
import { useCallback, useEffect, useState } from 'react'
import { m } from '@/i18n/pages'
import { toast } from '@/ui/toasts'
import type { ThreadRow } from './rows'
import type { Rows } from './useRows'

type Pages = Pick<UseInfiniteQueryResult, 'hasNextPage' | 'isFetchingNextPage' | 'isError' | 'fetchNextPage'>

const flashMs = 1_600

/** Goes to a message, reading older pages until it is there, and flashes it once. */
export function useJump(rows: readonly ThreadRow[], virtual: Rows, pages: Pages) {
  const [wanted, setWanted] = useState<number | null>(null)
  const [flashed, setFlashed] = useState<string | null>(null)
  const { hasNextPage, isFetchingNextPage, isError, fetchNextPage } = pages
  useEffect(() => {
    if (wanted === null || isFetchingNextPage) return
    const index = rows.findIndex(row => row.kind === 'message' && row.message.id === wanted)
    if (index >= 0) {
      setWanted(null)
      virtual.scrollToIndex(index, { align: 'center' })
      setFlashed(rows[index]?.key ?? null)
    } else if (hasNextPage && !isError) {
      void fetchNextPage()
    } else {
      setWanted(null)
      toast(m.conversation_quote_not_found())
    }
  }, [wanted, rows, virtual, hasNextPage, isFetchingNextPage, isError, fetchNextPage])
  useEffect(() => {
    if (flashed === null) return
    const timer = setTimeout(() => setFlashed(null), flashMs)
    return () => clearTimeout(timer)
  }, [flashed])
  return { flashed, jumpTo: useCallback((id: number) => setWanted(id), []) }
}
