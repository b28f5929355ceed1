// What one is told beside the work itself: reading it, and marking it as read.
import type { QueryClient } from '@tanstack/react-query'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import type { Notice } from '@/api/types'
import { now } from '@/lib/clock'

/** Shown in the same frame; the frame with the next version confirms it. */
export async function markNoticesRead(client: QueryClient, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return
  const readAt = new Date(now()).toISOString()
  client.setQueryData<Notice[]>(keys.notices, notices =>
    notices?.map(one => (ids.includes(one.id) && !one.read_at ? { ...one, read_at: readAt } : one)),
  )
  await api.put('/notices/reading', { ids })
}
