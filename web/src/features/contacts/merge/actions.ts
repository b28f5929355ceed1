import type { QueryClient } from '@tanstack/react-query'
import { api } from '@/api/client'
import { putContact } from '@/api/entities'
import { keys } from '@/api/keys'
import type { ContactMerge, MergedContact, PartedContacts } from '@/api/types'
import type { Side } from './fields'
import { pairsKey } from './queries'

interface Versioned {
  id: number
  version: number
}

/** `source` goes into `target`. */
export async function merge(
  client: QueryClient,
  target: Versioned,
  source: Versioned,
  choices: Record<string, Side>,
): Promise<ContactMerge> {
  const body = { source_id: source.id, version: target.version, source_version: source.version, choices }
  const done = await api.post<MergedContact>(`/contacts/${target.id}/merges`, body)
  putContact(client, done.contact)
  readAgain(client, [target.id, source.id])
  return done.merge
}

/** Both are as they were before. */
export async function undo(client: QueryClient, { id, target_id, source_id }: ContactMerge): Promise<void> {
  const parted = await api.delete<PartedContacts>(`/contacts/${target_id}/merges/${id}`)
  putContact(client, parted.target)
  putContact(client, parted.source)
  readAgain(client, [target_id, source_id])
}

/** They are two, and are not suggested again. */
export async function tellApart(client: QueryClient, one: number, other: number): Promise<void> {
  await api.put(`/contacts/${one}/distinctions/${other}`)
  readAgain(client, [one, other])
}

function readAgain(client: QueryClient, ids: readonly number[]): void {
  for (const id of ids) void client.invalidateQueries({ queryKey: keys.contact(id) })
  void client.invalidateQueries({ queryKey: pairsKey })
}
