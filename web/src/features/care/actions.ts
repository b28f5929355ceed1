// Ending, putting off, tagging and blocking. The lists' bulk bar uses the ones that take several.
import type { QueryClient } from '@tanstack/react-query'
import { api } from '@/api/client'
import { putInteraction, putPresence } from '@/api/entities'
import type { Interaction, ManyDone, Presence } from '@/api/types'

export async function closeMany(
  client: QueryClient,
  ids: readonly number[],
  dispositionId: number | null,
): Promise<ManyDone> {
  return many(client, '/interactions/closures', { ids, disposition_id: dispositionId })
}

export async function tagMany(
  client: QueryClient,
  ids: readonly number[],
  change: { add?: readonly string[]; remove?: readonly string[] },
): Promise<ManyDone> {
  return many(client, '/interactions/tags', { ids, ...change })
}

async function many(client: QueryClient, path: string, body: object): Promise<ManyDone> {
  const done = await api.post<ManyDone>(path, body)
  for (const interaction of done.items) putInteraction(client, interaction)
  return done
}

export async function setEnding(
  client: QueryClient,
  id: number,
  dispositionId: number | null,
): Promise<void> {
  putInteraction(
    client,
    await api.put<Interaction>(`/interactions/${id}/disposition`, { disposition_id: dispositionId }),
  )
}

/** Until then, or without a time until the customer writes. */
export async function putOff(client: QueryClient, id: number, until: string | null): Promise<void> {
  putInteraction(client, await api.put<Interaction>(`/interactions/${id}/snooze`, until ? { until } : {}))
}

export async function takeUp(client: QueryClient, id: number): Promise<void> {
  putInteraction(client, await api.delete<Interaction>(`/interactions/${id}/snooze`))
}

export async function block(client: QueryClient, id: number, reason: string): Promise<void> {
  putInteraction(client, await api.put<Interaction>(`/interactions/${id}/block`, { reason }))
}

export async function extendWrapUp(client: QueryClient, seconds: number): Promise<void> {
  putPresence(client, await api.put<Presence>('/presence/wrap-up', { seconds }))
}

export async function endWrapUp(client: QueryClient): Promise<void> {
  putPresence(client, await api.delete<Presence>('/presence/wrap-up'))
}
