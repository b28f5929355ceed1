// Going to a card keeps the list behind it as it was filtered.
import { useNavigate } from '@tanstack/react-router'
import { useCallback } from 'react'
import type { ContactSearch } from './list/search'

let last: ContactSearch = {}

/** The list calls it, so that one comes back to the same rows. */
export function rememberContactSearch(search: ContactSearch): void {
  last = search
}

export function lastContactSearch(): ContactSearch {
  return last
}

export function useOpenContact(): (id: number) => void {
  const navigate = useNavigate()
  return useCallback(
    (id: number) => void navigate({ to: '/contacts/$contactId', params: { contactId: id }, search: last }),
    [navigate],
  )
}

export function useGoToContacts(): () => void {
  const navigate = useNavigate()
  return useCallback(() => void navigate({ to: '/contacts', search: last }), [navigate])
}
