// What is done to messages that are sent later.
import type { QueryClient } from '@tanstack/react-query'
import { api } from '@/api/client'
import { putMessage } from '@/api/entities'
import { keys } from '@/api/keys'
import type { Message, Scheduled } from '@/api/types'
import type { Planned } from './LaterDialog'

interface New extends Planned {
  clientId: string
  replyTo: number | null
  seenThrough: number | null
}

export async function plan(client: QueryClient, interactionId: number, one: New): Promise<void> {
  const { clientId, text, dueAt, unlessWritten, replyTo, seenThrough } = one
  await api.post<Scheduled>(`/interactions/${interactionId}/scheduled`, {
    client_id: clientId,
    text,
    reply_to: replyTo,
    seen_through: seenThrough,
    unless_written: unlessWritten,
    due_at: new Date(dueAt).toISOString(),
  })
  await reread(client, interactionId)
}

export async function change(client: QueryClient, one: Scheduled, planned: Planned): Promise<void> {
  await api.patch<Scheduled>(`/scheduled/${one.id}`, {
    version: one.version,
    text: planned.text,
    due_at: new Date(planned.dueAt).toISOString(),
    unless_written: planned.unlessWritten,
  })
  await reread(client, one.interaction_id)
}

export async function sendNow(client: QueryClient, one: Scheduled): Promise<void> {
  putMessage(client, await api.post<Message>(`/scheduled/${one.id}/sending`, {}))
  await reread(client, one.interaction_id)
}

export async function cancel(client: QueryClient, one: Scheduled): Promise<void> {
  await api.delete(`/scheduled/${one.id}`)
  await reread(client, one.interaction_id)
}

function reread(client: QueryClient, interactionId: number): Promise<void> {
  return client.invalidateQueries({ queryKey: keys.scheduled(interactionId) })
}
