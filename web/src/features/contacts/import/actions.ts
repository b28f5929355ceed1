import type { QueryClient } from '@tanstack/react-query'
import { api } from '@/api/client'
import type { ContactImport, ImportFormat, ImportMapping } from '@/api/types'
import { importKey, importsQuery } from './queries'

export type Task = 'check' | 'run' | 'stop' | 'undo'

/** Says how the file is read; answers the import as it is then. */
export async function configure(
  client: QueryClient,
  { id, version }: ContactImport,
  format: ImportFormat,
  mapping: ImportMapping,
): Promise<ContactImport> {
  return put(client, await api.patch(`/contact_imports/${id}`, { version, format, mapping }))
}

/** The answer comes at once; the work goes on behind it. */
export async function work(client: QueryClient, { id, version }: ContactImport, task: Task): Promise<void> {
  put(client, await api.post(`/contact_imports/${id}/tasks`, { version, task }))
}

export async function forget(client: QueryClient, { id, version }: ContactImport): Promise<void> {
  await api.delete(`/contact_imports/${id}`, { query: { version } })
  client.removeQueries({ queryKey: importKey(id) })
  await client.invalidateQueries({ queryKey: importsQuery.queryKey })
}

function put(client: QueryClient, one: ContactImport): ContactImport {
  client.setQueryData(importKey(one.id), one)
  void client.invalidateQueries({ queryKey: importsQuery.queryKey })
  return one
}
