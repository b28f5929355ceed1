// A saved view is a filter of the list in the words of the API; the URL has it in its own.
import { savedViewsQuery } from '@/api/queries'
import type { SavedView } from '@/api/types'
import { type Shelf, said } from '@/features/views/shelf'
import { filterOf, type InteractionSearch, parseInteractionSearch } from './search'

type ViewFilter = SavedView['filter']

/** What of the list on screen can be kept, and how it is shown; what is searched for is no part of a view. */
export function filterOfView(search: InteractionSearch): Partial<ViewFilter> {
  const { search: _, agent, tags, ...rest } = filterOf(search)
  const { view, columns, density } = search
  const filter: Record<string, unknown> = { ...rest, view, columns, density }
  if (agent !== undefined && agent !== 'all') filter.agent = String(agent)
  if (tags) filter.tags = tags.join(',')
  return said(filter)
}

export function searchOfView({ filter }: SavedView): InteractionSearch {
  const { state, agent, tags, ...rest } = filter
  return parseInteractionSearch({
    ...rest,
    // Without a state the list shows what is open, a view everything.
    state: state === 'open' ? undefined : (state ?? 'all'),
    agent: Number(agent) || agent,
    tags: tags ? tags.split(',').map(Number) : undefined,
  })
}

/** The views of the list of interactions. */
export const interactionShelf: Shelf<InteractionSearch, SavedView> = {
  collection: 'saved_views',
  query: savedViewsQuery,
  filterOf: filterOfView,
  searchOf: searchOfView,
}
