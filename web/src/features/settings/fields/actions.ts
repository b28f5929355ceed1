import type { QueryClient } from '@tanstack/react-query'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import type { ContactField } from '@/api/types'

export async function arrangeFields(client: QueryClient, ids: readonly number[]): Promise<void> {
  client.setQueryData(
    keys.collection('contact_fields'),
    await api.put<ContactField[]>('/contact_fields/order', { ids }),
  )
}

export async function archiveField(
  client: QueryClient,
  field: ContactField,
  archived: boolean,
): Promise<void> {
  await api.patch<ContactField>(`/contact_fields/${field.id}`, { version: field.version, archived })
  await client.invalidateQueries({ queryKey: keys.collection('contact_fields') })
}
