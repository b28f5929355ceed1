import type { QueryClient } from '@tanstack/react-query'
import { api } from '@/api/client'
import type { Thread } from '@/api/entities'
import { keys } from '@/api/keys'
import type { Message, SendMessage } from '@/api/types'
import { uuid } from '@/lib/uuid'

/** The desk has one reaction on a message; '' takes it back. Shown at once, the stream confirms it. */
export async function react(
  client: QueryClient,
  message: Message,
  emoji: string,
  name: string,
): Promise<void> {
  const others = message.reactions.filter(({ by }) => by !== 'agent')
  const reactions = emoji ? [...others, { emoji, by: 'agent' as const, name }] : others
  show(client, { ...message, reactions })
  const body: SendMessage = { client_id: uuid(), kind: 'reaction', text: emoji, reply_to: message.id }
  try {
    await api.post<Message>(`/interactions/${message.interaction_id}/messages`, body)
  } catch (error) {
    show(client, message)
    throw error
  }
}

/** In place of what is held, unless that has become newer meanwhile. */
function show(client: QueryClient, message: Message): void {
  client.setQueryData<Thread>(keys.thread(message.interaction_id), thread => {
    const held = thread?.pages.flatMap(page => page.items).find(({ id }) => id === message.id)
    if (!thread || held?.version !== message.version) return thread
    const pages = thread.pages.map(page =>
      page.items.includes(held)
        ? { ...page, items: page.items.map(one => (one === held ? message : one)) }
        : page,
    )
    return { ...thread, pages }
  })
}
