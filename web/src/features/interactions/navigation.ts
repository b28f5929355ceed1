// Going to an interaction keeps the list beside it as it was filtered.
import { useNavigate } from '@tanstack/react-router'
import { useCallback } from 'react'
import type { InteractionSearch } from './search'

let last: InteractionSearch = {}

/** The list calls it, so that one comes back to the same rows from another screen. */
export function rememberSearch(search: InteractionSearch): void {
  last = search
}

export function lastSearch(): InteractionSearch {
  return last
}

export function useOpenInteraction(): (id: number) => void {
  const navigate = useNavigate()
  return useCallback(
    (id: number) =>
      void navigate({ to: '/interactions/$interactionId', params: { interactionId: id }, search: last }),
    [navigate],
  )
}

export function useGoToList(): () => void {
  const navigate = useNavigate()
  return useCallback(() => void navigate({ to: '/interactions', search: last }), [navigate])
}
