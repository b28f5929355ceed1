// By what contacts are ordered, in words, and what a click on a column makes of it.
import type { ContactSort } from '@/api/keys'
import { m } from '@/i18n/pages'
import type { ContactSearch } from './search'

interface Order {
  sort: ContactSort
  order: 'asc' | 'desc'
}

export const orders: readonly (Order & { label: () => string })[] = [
  { sort: 'updated', order: 'desc', label: () => m.contacts_sort_updated() },
  { sort: 'updated', order: 'asc', label: () => m.contacts_sort_updated_up() },
  { sort: 'created', order: 'desc', label: () => m.contacts_sort_created() },
  { sort: 'created', order: 'asc', label: () => m.contacts_sort_created_up() },
  { sort: 'name', order: 'asc', label: () => m.contacts_sort_name() },
  { sort: 'name', order: 'desc', label: () => m.contacts_sort_name_down() },
]

const usual = (sort: ContactSort) => (sort === 'name' ? 'asc' : 'desc')

/** Whether one may order so: not by what is hidden. */
export function mayOrder(sort: ContactSort, masked: readonly string[]): boolean {
  return sort !== 'name' || !masked.includes('name')
}

export function orderOf({ sort = 'updated', order }: ContactSearch): Order {
  return { sort, order: order ?? usual(sort) }
}

export function sortWords(search: ContactSearch): string {
  const { sort, order } = orderOf(search)
  return orders.find(one => one.sort === sort && one.order === order)?.label() ?? sort
}

/** What is usual is not said in the URL. */
export function sortedBy(search: ContactSearch, { sort, order }: Order): ContactSearch {
  const { sort: _sort, order: _order, ...rest } = search
  const isUsual = order === usual(sort)
  return { ...rest, ...(!(sort === 'updated' && isUsual) && { sort }), ...(!isUsual && { order }) }
}

/** A click on a column: by it, and the other way round once it is. */
export function turned(search: ContactSearch, sort: ContactSort): ContactSearch {
  const now = orderOf(search)
  if (now.sort !== sort) return sortedBy(search, { sort, order: usual(sort) })
  return sortedBy(search, { sort, order: now.order === 'asc' ? 'desc' : 'asc' })
}
