// Changes to what is administered, and what they do to the cached collections.
import type { QueryClient } from '@tanstack/react-query'
import { api } from '@/api/client'
import { type Collection, keys } from '@/api/keys'

export interface Stored {
  version: number
  /** The settings of the whole desk have none. */
  id?: number
}

function pathOf(name: Collection, stored: Stored | null): string {
  return stored?.id === undefined ? `/${name}` : `/${name}/${stored.id}`
}

export async function save<T extends Stored>(
  client: QueryClient,
  name: Collection,
  stored: T | null,
  body: Record<string, unknown>,
): Promise<T> {
  const answer = stored
    ? await api.patch<T>(pathOf(name, stored), { ...body, version: stored.version })
    : await api.post<T>(pathOf(name, null), body)
  put(client, name, answer)
  return answer
}

export async function remove(client: QueryClient, name: Collection, stored: Stored): Promise<void> {
  await api.delete(pathOf(name, stored))
  // Whether it is gone or kept as removed, and where else it stood, only the server knows.
  await client.invalidateQueries({ queryKey: keys.collection(name) })
}

/** As it is stored now, read again; undefined when it is gone. */
export async function reread<T extends Stored>(
  client: QueryClient,
  name: Collection,
  stored: T,
): Promise<T | undefined> {
  await client.invalidateQueries({ queryKey: keys.collection(name) }, { throwOnError: true })
  const held = client.getQueryData<T | T[]>(keys.collection(name))
  return Array.isArray(held) ? held.find(({ id }) => id === stored.id) : held
}

function put<T extends Stored>(client: QueryClient, name: Collection, thing: T): void {
  client.setQueryData<T | T[]>(keys.collection(name), held => {
    if (!Array.isArray(held)) return thing.id === undefined ? thing : held
    const index = held.findIndex(({ id }) => id === thing.id)
    return index < 0 ? [...held, thing] : held.with(index, thing)
  })
}
