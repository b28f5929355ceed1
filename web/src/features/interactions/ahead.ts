// What somebody is about to open is asked for while they come to rest on it: by the time they press, it is there.
import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { type PointerEvent, useEffect, useMemo } from 'react'
import { interactionDetailQuery, threadQuery } from '@/api/queries'

/** Who only passes over a row does not stay so long. */
const restMs = 60

/** Listeners for the grid: `idOf` finds which interaction an element belongs to. */
export function useAhead(cursor: number | null, idOf: (element: Element) => number | null) {
  const client = useQueryClient()
  useEffect(() => {
    if (cursor === null) return
    const timer = setTimeout(() => askAhead(client, cursor), restMs)
    return () => clearTimeout(timer)
  }, [client, cursor])
  return useMemo(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const under = (event: PointerEvent) => idOf(event.target as Element)
    return {
      onPointerOver: (event: PointerEvent) => {
        clearTimeout(timer)
        const id = under(event)
        if (id !== null) timer = setTimeout(() => askAhead(client, id), restMs)
      },
      onPointerOut: () => clearTimeout(timer),
      onPointerDown: (event: PointerEvent) => {
        clearTimeout(timer)
        const id = under(event)
        if (id !== null && event.button === 0) askAhead(client, id)
      },
    }
  }, [client, idOf])
}

/** What is held already is not asked for again; a failure is said when it is opened. */
function askAhead(client: QueryClient, id: number): void {
  void client.prefetchInfiniteQuery(threadQuery(id))
  void client.prefetchQuery(interactionDetailQuery(id))
  void import('@/features/conversation/ConversationPage').catch(() => {})
}
