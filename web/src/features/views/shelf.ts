// Saved views of a list, whichever it is: a view is a filter in the words of the API; the URL has it in its own. Pure.
import type { UseQueryOptions } from '@tanstack/react-query'
import type { keys } from '@/api/keys'

/** What every saved view is. */
export interface Kept<F extends object = object> {
  id: number
  version: number
  name: string
  /** Everybody's. */
  shared: boolean
  may_edit: boolean
  filter: F
}

/** Where the views of one list stand, and how its URL says what they show. */
export interface Shelf<
  S extends { saved?: number | undefined; search?: string | undefined },
  V extends Kept,
> {
  collection: 'saved_views' | 'contact_views'
  query: UseQueryOptions<V[], Error, V[], ReturnType<typeof keys.collection>>
  /** What of the list on screen can be kept, and how it is shown; what is searched for is no part of a view. */
  filterOf: (search: S) => Partial<V['filter']>
  searchOf: (view: V) => S
}

type SearchOf = { saved?: number | undefined; search?: string | undefined }

/** The view that is on screen: the one that one came by, where several show the same. */
export function viewIn<S extends SearchOf, V extends Kept>(
  shelf: Shelf<S, V>,
  views: readonly V[],
  search: S,
): V | undefined {
  if (search.search) return undefined
  const name = nameOf(shelf.filterOf(search))
  const same = views.filter(view => nameOf(shelf.filterOf(shelf.searchOf(view))) === name)
  return same.find(({ id }) => id === search.saved) ?? same[0]
}

/** The view that one came by, where what is on screen is no longer what it shows. */
export function changedView<S extends SearchOf, V extends Kept>(
  shelf: Shelf<S, V>,
  views: readonly V[],
  search: S,
): V | undefined {
  const view = views.find(({ id }) => id === search.saved)
  const now = nameOf(shelf.filterOf(search))
  return view && nameOf(shelf.filterOf(shelf.searchOf(view))) !== now ? view : undefined
}

/** Without what is not said. */
export function said<F extends object>(filter: F): F {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as F
}

function nameOf(filter: object): string {
  const instant = (name: string, value: unknown) =>
    name === 'from' || name === 'to' ? Date.parse(String(value)) : value
  const parts = Object.entries(filter).map(([name, value]) => [name, instant(name, value)])
  return JSON.stringify(parts.sort(([one], [other]) => String(one).localeCompare(String(other))))
}
