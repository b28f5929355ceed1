// What the contacts of the rows on screen have in the custom fields that are columns.
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api } from '@/api/client'
import { putContactValues } from '@/api/entities'
import { keys } from '@/api/keys'
import type { ContactValues, InteractionPage } from '@/api/types'
import { useDebounced } from '@/lib/useDebounced'
import { snapshot } from '@/live/replay'

/** Asked for the rows on screen, however they came there; frames of contacts keep it true. */
export function useContactValues(ids: readonly number[], fields: readonly string[]): void {
  const asked = useDebounced(ids.join(','), 150)
  const wanted = fields.toSorted().join(',')
  useQuery({
    queryKey: keys.contactValuesOf(asked, wanted),
    queryFn: async ({ client, signal }) => {
      const query = { ids: asked, contact_fields: wanted, limit: 100 }
      const page = await snapshot(() => api.get<InteractionPage>('/interactions', { query, signal }))
      for (const values of page.contact_fields) putContactValues(client, values)
      return page.position
    },
    enabled: asked !== '' && wanted !== '',
    staleTime: 0,
    gcTime: 0,
    placeholderData: keepPreviousData,
  })
}

export function useValuesOf(contactId: number | null): ContactValues['fields'] {
  const { data } = useQuery<ContactValues>({ queryKey: keys.contactValues(contactId ?? 0), enabled: false })
  return data?.fields ?? {}
}
