// What is read of templates. Kept under the collection `templates`, so that a change of it reads them again.
import { queryOptions } from '@tanstack/react-query'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import type { RecontactState, StartState, Templates } from '@/api/types'

/** For which conversation they are filled in beforehand. */
export interface Fill {
  interaction?: number
  phone?: string
  contact?: number
}

/** All of an account's, for whoever administers it. */
export const templatesQuery = (accountId: number) =>
  queryOptions({
    queryKey: keys.templates(accountId, {}),
    queryFn: ({ signal }) => api.get<Templates>(`/accounts/${accountId}/templates`, { signal }),
  })

/** Those an agent may send now, filled in for somebody. */
export const pickQuery = (accountId: number, fill: Fill) =>
  queryOptions({
    queryKey: keys.templates(accountId, fill),
    queryFn: ({ signal }) =>
      api.get<Templates>(`/accounts/${accountId}/templates`, { query: { available: true, ...fill }, signal }),
    // The contact may have changed since.
    staleTime: 0,
  })

/** Whether a customer can be recontacted; asked anew with each version of the interaction. */
export const recontactQuery = (interactionId: number, version: number) =>
  queryOptions({
    queryKey: keys.recontact(interactionId, version),
    queryFn: ({ signal }) => api.get<RecontactState>(`/interactions/${interactionId}/recontact`, { signal }),
    staleTime: 0,
  })

/** A number, or the contact whose number is hidden. */
export type Whom = { phone: string } | { contact: number }

/** What writing to somebody would lead to. */
export const startQuery = (accountId: number, to: Whom) =>
  queryOptions({
    queryKey: keys.start(accountId, to),
    queryFn: ({ signal }) =>
      api.get<StartState>(`/accounts/${accountId}/starts`, { query: { ...to }, signal }),
    staleTime: 0,
  })
