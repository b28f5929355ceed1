// A saved view is a filter of the list in the words of the API; the URL has it in its own.
import type { SavedView } from '@/api/types'
import { filterOf, type InteractionSearch, parseInteractionSearch } from './search'

type ViewFilter = SavedView['filter']

/** What of the list on screen can be kept, and how it is shown; what is searched for is no part of a view. */
export function filterOfView(search: InteractionSearch): Partial<ViewFilter> {
  const { search: _, agent, tags, ...rest } = filterOf(search)
  const { view, columns, density } = search
  const filter: Record<string, unknown> = { ...rest, view, columns, density }
  if (agent !== undefined && agent !== 'all') filter.agent = String(agent)
  if (tags) filter.tags = tags.join(',')
  for (const [name, value] of Object.entries(filter)) if (value === undefined) delete filter[name]
  return filter
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

/** The view that is on screen: the one that one came by, where several show the same. */
export function viewIn(views: readonly SavedView[], search: InteractionSearch): SavedView | undefined {
  if (search.search) return undefined
  const name = nameOf(filterOfView(search))
  const same = views.filter(view => nameOf(filterOfView(searchOfView(view))) === name)
  return same.find(({ id }) => id === search.saved) ?? same[0]
}

/** The view that one came by, where what is on screen is no longer what it shows. */
export function changedView(views: readonly SavedView[], search: InteractionSearch): SavedView | undefined {
  const view = views.find(({ id }) => id === search.saved)
  return view && nameOf(filterOfView(searchOfView(view))) !== nameOf(filterOfView(search)) ? view : undefined
}

function nameOf(filter: Partial<ViewFilter>): string {
  const instant = (name: string, value: unknown) =>
    name === 'from' || name === 'to' ? Date.parse(String(value)) : value
  const parts = Object.entries(filter).map(([name, value]) => [name, instant(name, value)])
  return JSON.stringify(parts.sort(([one], [other]) => String(one).localeCompare(String(other))))
}
