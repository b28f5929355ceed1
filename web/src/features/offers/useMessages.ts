// What a customer of one's own writes calls too: softer than an offer, and not for what one is reading.
import { useEffect } from 'react'
import type { Message } from '@/api/types'
import { kindWords } from '@/features/interactions/words'
import { useSession } from '@/features/signin/session'
import { isWriting } from '@/lib/keys'
import { plainText } from '@/lib/text'
import { onMessage } from '@/live/arrivals'
import { isLookedAt, notifyMessage } from './notify'
import { alerts } from './preferences'
import { callFor } from './situation'
import { ping } from './sound'

/** `open` shows an interaction; only the window that rings calls. */
export function useMessages(
  isRinger: { readonly current: boolean },
  open: (interactionId: number) => void,
): void {
  const { user } = useSession()
  useEffect(
    () =>
      onMessage((message, interaction) => {
        if (interaction.owner?.id !== user.id || message.direction !== 'in') return
        const call = callFor('message', alerts(), {
          isLookedAt: isLookedAt(),
          isWriting: isWriting(document.activeElement),
          isOnScreen: location.pathname === `/interactions/${interaction.id}`,
        })
        if (call.sounds && isRinger.current) ping(alerts().volume)
        if (call.notifies) notifyMessage(interaction, words(message), () => open(interaction.id))
      }),
    [user.id, isRinger, open],
  )
}

function words(message: Message): string {
  return message.text ? plainText(message.text) : kindWords(message.kind)
}
