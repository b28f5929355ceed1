import type { QueryClient } from '@tanstack/react-query'
import { interactionDetailQuery, threadQuery } from '@/api/queries'

/** What is held already is not asked for again; a failure is said when it is opened. */
export function askAhead(client: QueryClient, id: number): void {
  void client.prefetchInfiniteQuery(threadQuery(id))
  void client.prefetchQuery(interactionDetailQuery(id))
  void import('@/features/conversation/ConversationPage').catch(() => {})
}
