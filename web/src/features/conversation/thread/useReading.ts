import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { Interaction, Message } from '@/api/types'
import { heldInteraction, markRead } from '@/features/interactions/actions'
import { useIsVisible } from '@/lib/visible'

/**
 * Tells the desk that the owner has it on screen: the newest message, and a page that is looked at. What one marks
 * unread while it is open stays so until it is opened again.
 */
export function useReading(
  interaction: Interaction,
  messages: readonly Message[],
  isAtEnd: boolean,
  myId: number,
): void {
  const client = useQueryClient()
  const isVisible = useIsVisible()
  const { id, owner, unread, marked_unread: isMarked, may } = interaction
  const wasMarked = useRef(isMarked)
  // Coming back from another thread is opening it again.
  useEffect(() => {
    wasMarked.current = heldInteraction(client, id)?.marked_unread ?? false
  }, [client, id])
  const isReader = owner ? owner.id === myId : may.write
  const isDue = unread > 0 || (isMarked && wasMarked.current)
  const through = messages.reduce((most, message) => Math.max(most, message.id), 0)
  useEffect(() => {
    if (!isReader || !isDue || !isVisible || !isAtEnd || through <= 0) return
    wasMarked.current = false
    // The next message, or the next visit, tries again.
    markRead(client, id, through).catch(() => {})
  }, [client, id, isReader, isDue, isVisible, isAtEnd, through])
}
