import { useParams } from '@tanstack/react-router'
import { Sidebar } from '@/features/sidebar/Sidebar'
import { useWatching } from '@/live'

/** Thread, composer and sidebar of one interaction. */
export default function ConversationPage() {
  const { interactionId } = useParams({ from: '/desk/frame/interactions/$interactionId' })
  useWatching(interactionId)
  return (
    <>
      <h2>#{interactionId}</h2>
      <Sidebar interactionId={interactionId} />
    </>
  )
}
