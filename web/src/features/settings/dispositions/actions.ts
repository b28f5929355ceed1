import type { QueryClient } from '@tanstack/react-query'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import type { Disposition, DispositionScope } from '@/api/types'

export interface NewDisposition {
  name: string
  description: string | null
  parent_id: number | null
  scope: DispositionScope
  scope_id: number
}

export async function addDisposition(client: QueryClient, body: NewDisposition): Promise<Disposition> {
  const made = await api.post<Disposition>('/dispositions', body)
  await reread(client)
  return made
}

export async function changeDisposition(
  client: QueryClient,
  one: Disposition,
  change: { name?: string; description?: string | null; retired?: boolean },
): Promise<void> {
  await api.patch<Disposition>(`/dispositions/${one.id}`, { version: one.version, ...change })
  await reread(client)
}

export async function deleteDisposition(client: QueryClient, one: Disposition): Promise<void> {
  await api.delete(`/dispositions/${one.id}`)
  await reread(client)
}

export async function arrange(client: QueryClient, ids: readonly number[]): Promise<void> {
  client.setQueryData(
    keys.collection('dispositions'),
    await api.put<Disposition[]>('/dispositions/order', { ids }),
  )
}

/** Levels, uses and places of others may have changed with it. */
async function reread(client: QueryClient): Promise<void> {
  await client.invalidateQueries({ queryKey: keys.collection('dispositions') })
}
