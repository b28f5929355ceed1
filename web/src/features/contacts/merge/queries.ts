// Reading for merges: always anew, for what is merged must be what was looked at.
import { queryOptions } from '@tanstack/react-query'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import type { ContactCard, ContactMerge, Duplicate, DuplicatePair } from '@/api/types'

const fresh = { staleTime: 0, refetchOnMount: 'always' } as const

/** A contact as it was read to be merged: no frame changes it under the eye. */
export const readQuery = (id: number) =>
  queryOptions({
    queryKey: ['contact-merge', id],
    queryFn: ({ signal }) => api.get<ContactCard>(`/contacts/${id}`, { signal }),
    gcTime: 0,
    ...fresh,
  })

export const mergesQuery = (id: number) =>
  queryOptions({
    queryKey: [...keys.contact(id), 'merges'],
    queryFn: ({ signal }) => api.get<ContactMerge[]>(`/contacts/${id}/merges`, { signal }),
    ...fresh,
  })

export const alikeQuery = (id: number) =>
  queryOptions({
    queryKey: [...keys.contact(id), 'duplicates'],
    queryFn: ({ signal }) => api.get<Duplicate[]>(`/contacts/${id}/duplicates`, { signal }),
    ...fresh,
  })

const allPairs = ['contact-duplicates'] as const

/** Those of a list. */
export const pairsQuery = (list: number) =>
  queryOptions({
    queryKey: [...allPairs, list],
    queryFn: ({ signal }) => api.get<DuplicatePair[]>('/contact_duplicates', { query: { list }, signal }),
    ...fresh,
  })

export const pairsKey = allPairs
