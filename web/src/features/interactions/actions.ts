// What one does with an interaction from anywhere: the list, the tab, the conversation, a key.
import type { QueryClient } from '@tanstack/react-query'
import { api } from '@/api/client'
import { putInteraction } from '@/api/entities'
import { keys } from '@/api/keys'
import { isProblem, problemWords } from '@/api/problem'
import type { Interaction } from '@/api/types'
import { m } from '@/i18n'
import { toast } from '@/ui/toasts'
import { forgetReading, tellRead } from './reading'

export function heldInteraction(client: QueryClient, id: number): Interaction | undefined {
  return client.getQueryData<Interaction>(keys.interaction(id))
}

export async function take(client: QueryClient, id: number): Promise<Interaction> {
  const taken = await api.put<Interaction>(`/interactions/${id}/ownership`)
  putInteraction(client, taken)
  return taken
}

export async function close(
  client: QueryClient,
  id: number,
  dispositionId: number | null = null,
): Promise<Interaction> {
  const closed = await api.put<Interaction>(`/interactions/${id}/closure`, { disposition_id: dispositionId })
  putInteraction(client, closed)
  return closed
}

/** Whoever reopens it owns it. While another of the customer's is open, the way there is offered instead. */
export async function reopen(
  client: QueryClient,
  id: number,
  navigate: (to: string) => void,
): Promise<Interaction | undefined> {
  try {
    const reopened = await api.delete<Interaction>(`/interactions/${id}/closure`)
    putInteraction(client, reopened)
    return reopened
  } catch (error) {
    const other = isProblem(error, 'newer_open') ? Number(error.params.interaction_id) : 0
    if (!other) throw error
    toast(problemWords(error), {
      tone: 'danger',
      action: {
        label: m.interactions_open_other({ id: String(other) }),
        run: () => navigate(`/interactions/${other}`),
      },
    })
    return undefined
  }
}

/** Shown in the same frame; the frame with the next version confirms it. */
export async function markUnread(client: QueryClient, id: number): Promise<void> {
  forgetReading(id)
  await show(client, id, { marked_unread: true }, () => api.delete(`/interactions/${id}/reading`))
}

export async function markRead(client: QueryClient, id: number, through: number): Promise<void> {
  await show(client, id, { marked_unread: false, unread: 0 }, () =>
    tellRead(id, through, () => api.put(`/interactions/${id}/reading`, { through })),
  )
}

async function show(
  client: QueryClient,
  id: number,
  change: Partial<Interaction>,
  send: () => Promise<unknown>,
): Promise<void> {
  const before = heldInteraction(client, id)
  if (before) client.setQueryData<Interaction>(keys.interaction(id), { ...before, ...change })
  try {
    await send()
  } catch (error) {
    // Only what nothing newer has replaced meanwhile goes back.
    client.setQueryData<Interaction>(keys.interaction(id), held =>
      before && held?.version === before.version ? before : held,
    )
    throw error
  }
}
