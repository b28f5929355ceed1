import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useEffect, useMemo, useRef } from 'react'
import { interactionDetailQuery, interactionQuery } from '@/api/queries'
import { useProvide } from '@/commands/context'
import { useSession } from '@/features/signin/session'
import { useWatching } from '@/live'
import { Conversation } from './Conversation'
import { Absent, ConversationSkeleton } from './states'

/** One interaction: the thread, where one writes, and the details. */
export default function ConversationPage() {
  const { interactionId } = useParams({ from: '/desk/frame/interactions/$interactionId' })
  const { user } = useSession()
  useWatching(interactionId)
  useProvide(useMemo(() => ({ openInteractionId: interactionId }), [interactionId]))
  const row = useQuery(interactionQuery(interactionId))
  // The watchers and the contact come with it.
  useQuery(interactionDetailQuery(interactionId))
  const shown = useRef<number>(undefined)
  useEffect(() => {
    if (row.data) shown.current = row.data.id
  }, [row.data])
  if (row.data) return <Conversation interaction={row.data} myId={user.id} />
  if (row.isError) {
    const wasHere = shown.current === interactionId
    return (
      <Absent id={interactionId} error={row.error} wasHere={wasHere} onRetry={() => void row.refetch()} />
    )
  }
  return <ConversationSkeleton id={interactionId} />
}
