// The lists of contacts that are one click away; what else is filtered by stays.
import { m } from '@/i18n/pages'
import type { ContactSearch } from './search'

export interface View {
  id: 'all' | 'mine' | 'deleted'
  label: () => string
}

export const views: readonly View[] = [
  { id: 'all', label: () => m.contacts_view_all() },
  { id: 'mine', label: () => m.contacts_view_mine() },
  { id: 'deleted', label: () => m.contacts_view_deleted() },
]

export function viewOf({ mine, deleted }: ContactSearch): View | undefined {
  const id = deleted ? 'deleted' : mine ? 'mine' : 'all'
  return views.find(view => view.id === id)
}

export function withView(search: ContactSearch, { id }: View): ContactSearch {
  const { mine: _mine, deleted: _deleted, ...rest } = search
  return { ...rest, ...(id === 'mine' && { mine: true }), ...(id === 'deleted' && { deleted: true }) }
}
