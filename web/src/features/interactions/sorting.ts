// By what the rows are ordered, in words, and what a click on a column makes of it.
import type { Sort } from '@/api/keys'
import { m } from '@/i18n/pages'
import type { InteractionSearch } from './search'

/** Each way that makes sense, the usual one first. */
export const orders: readonly { sort: Sort; order: 'asc' | 'desc'; label: () => string }[] = [
  { sort: 'last', order: 'desc', label: () => m.sorting_last() },
  { sort: 'last', order: 'asc', label: () => m.sorting_last_up() },
  { sort: 'started', order: 'desc', label: () => m.sorting_started() },
  { sort: 'started', order: 'asc', label: () => m.sorting_started_up() },
  { sort: 'window', order: 'asc', label: () => m.interactions_sort_window() },
  { sort: 'window', order: 'desc', label: () => m.sorting_window_down() },
  { sort: 'waiting', order: 'asc', label: () => m.sorting_waiting() },
  { sort: 'waiting', order: 'desc', label: () => m.sorting_waiting_down() },
  { sort: 'contact', order: 'asc', label: () => m.sorting_contact() },
  { sort: 'contact', order: 'desc', label: () => m.sorting_contact_down() },
  { sort: 'status', order: 'asc', label: () => m.sorting_status() },
  { sort: 'status', order: 'desc', label: () => m.sorting_status_down() },
  { sort: 'id', order: 'desc', label: () => m.sorting_id() },
  { sort: 'id', order: 'asc', label: () => m.sorting_id_up() },
]

const rising: readonly Sort[] = ['window', 'waiting', 'contact', 'status']
const usual = (sort: Sort) => (rising.includes(sort) ? 'asc' : 'desc')

/** Whether one may order so: not by what is hidden. */
export function mayOrder(sort: Sort, masked: readonly string[]): boolean {
  return sort !== 'contact' || !masked.includes('name')
}

export function orderOf({ sort = 'last', order }: InteractionSearch): { sort: Sort; order: 'asc' | 'desc' } {
  return { sort, order: order ?? usual(sort) }
}

export function sortWords(search: InteractionSearch): string {
  const { sort, order } = orderOf(search)
  return orders.find(one => one.sort === sort && one.order === order)?.label() ?? sort
}

/** What is usual is not said in the URL. */
export function sortedBy(search: InteractionSearch, sort: Sort, order: 'asc' | 'desc'): InteractionSearch {
  const isUsual = order === usual(sort)
  return {
    ...search,
    sort: sort === 'last' && isUsual ? undefined : sort,
    order: isUsual ? undefined : order,
  }
}

/** A click on a column: by it, and the other way round once it is. */
export function turned(search: InteractionSearch, sort: Sort): InteractionSearch {
  const now = orderOf(search)
  if (now.sort !== sort) return sortedBy(search, sort, usual(sort))
  return sortedBy(search, sort, now.order === 'asc' ? 'desc' : 'asc')
}
