import type { QueryClient } from '@tanstack/react-query'
import type { Thread } from '@/api/entities'
import { keys } from '@/api/keys'
import type { Interaction, Message } from '@/api/types'
import type { Can } from '@/features/interactions/can'
import { kindWords } from '@/features/interactions/words'
import { now } from '@/lib/clock'
import { millis } from '@/lib/time'
import { uuid } from '@/lib/uuid'
import { type Draft, drafts } from './drafts'
import { takesCaption } from './files/picked'
import { outbox } from './sending'
import { setStale } from './stale'
import { mentionedIn } from './suggest/mentions'
import { windowId } from './windows'

/** Out of the box and on its way. A note stays a note: a second one must not go to the customer by mistake. */
export function compose(
  client: QueryClient,
  { id }: Interaction,
  draft: Draft,
  confirm: boolean,
  can?: Can,
): void {
  const messages = client.getQueryData<Thread>(keys.thread(id))?.pages.flatMap(page => page.items) ?? []
  const newest = Math.max(now(), ...messages.map(message => millis(message.at)))
  const isNote = draft.isNote
  const text = draft.text.trim()
  const file = isNote ? null : draft.file
  drafts.change(id, { text: '', mentions: [], ...(isNote ? {} : { quote: null, file: null }) })
  setStale(id, null)
  const common = {
    window: windowId,
    interactionId: id,
    // Under everything that is there, whatever the clocks say.
    at: new Date(newest).toISOString(),
    seenThrough: seenThrough(messages),
    confirm,
  }
  const replyTo = isNote ? null : quoteOf(draft.quote)
  const isCaption = file !== null && takesCaption(file.kind, can)
  if (file) {
    const caption = isCaption ? text : ''
    outbox.send({ ...common, clientId: uuid(), kind: 'file', text: caption, file, replyTo })
    // A sound or a sticker carries no words: they follow it.
    if (isCaption || !text) return
  }
  outbox.send({
    ...common,
    clientId: uuid(),
    kind: isNote ? 'note' : 'text',
    text,
    replyTo: file ? null : replyTo,
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
