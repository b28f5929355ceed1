// Reading the ledger. A `changed` frame names all deliveries, so both live under that key and are read again.
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import type { Delivery, DeliveryDetail, Page } from '@/api/types'
import type { LedgerSearch } from './search'

const all = keys.collection('deliveries')

export const deliveriesQuery = (search: LedgerSearch) =>
  infiniteQueryOptions({
    queryKey: [...all, 'list', search],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<Delivery>>('/deliveries', { query: { ...search, after: pageParam, limit: 50 }, signal }),
    getNextPageParam: page => page.next,
    // What arrives and goes well is not told, so that a busy desk is not kept busy: look again on coming back.
    staleTime: 0,
  })

export const deliveryQuery = (id: number) =>
  queryOptions({
    queryKey: [...all, 'one', id],
    queryFn: ({ signal }) => api.get<DeliveryDetail>(`/deliveries/${id}`, { signal }),
    staleTime: 0,
    // No frame tells that one was applied.
    refetchInterval: query => (query.state.data?.delivery.state === 'pending' ? 2_000 : false),
  })
