import type { QueryClient } from '@tanstack/react-query'
import type { Thread } from '@/api/entities'
import { keys } from '@/api/keys'
import type { Interaction, Message } from '@/api/types'
import { kindWords } from '@/features/interactions/words'
import { now } from '@/lib/clock'
import { millis } from '@/lib/time'
import { uuid } from '@/lib/uuid'
import { type Draft, drafts } from './drafts'
import { outbox } from './sending'
import { setStale } from './stale'
import { mentionedIn } from './suggest/mentions'
import { windowId } from './windows'

/** Out of the box and on its way. A note stays a note: a second one must not go to the customer by mistake. */
export function compose(client: QueryClient, { id }: Interaction, draft: Draft, confirm: boolean): void {
  const messages = client.getQueryData<Thread>(keys.thread(id))?.pages.flatMap(page => page.items) ?? []
  const newest = Math.max(now(), ...messages.map(message => millis(message.at)))
  const isNote = draft.isNote
  drafts.change(id, { text: '', mentions: [], ...(isNote ? {} : { quote: null }) })
  setStale(id, null)
  outbox.send({
    clientId: uuid(),
    window: windowId,
    interactionId: id,
    // Under everything that is there, whatever the clocks say.
    at: new Date(newest).toISOString(),
    kind: isNote ? 'note' : 'text',
    text: draft.text.trim(),
    replyTo: isNote ? null : quoteOf(draft.quote),
    seenThrough: seenThrough(messages),
    confirm,
    ...(isNote ? { mentions: mentionedIn(draft.text, draft.mentions).map(one => one.id) } : {}),
  })
}

/** The newest message of the server's that was on screen. */
export function seenThrough(messages: readonly Message[]): number | null {
  const known = messages.map(message => message.id).filter(one => one > 0)
  return known.length > 0 ? Math.max(...known) : null
}

function quoteOf(quote: Message | null): Message['reply_to'] {
  return quote && { id: quote.id, author: quote.author.name, preview: preview(quote) }
}

export function preview(message: Message): string {
  return message.text ?? message.attachments[0]?.name ?? kindWords(message.kind)
}
