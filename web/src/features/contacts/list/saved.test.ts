import { expect, test } from 'vitest'
import type { ContactView } from '@/api/types'
import { changedView, viewIn } from '@/features/views/shelf'
import { contactShelf } from './saved'
import type { ContactSearch } from './search'

const none: ContactView['filter'] = {
  list: null,
  tags: null,
  owner: null,
  company: null,
  mine: false,
  deleted: false,
  sort: null,
  order: null,
  expression: null,
  columns: null,
  density: null,
}
const view = (id: number, filter: Partial<ContactView['filter']>): ContactView => ({
  id,
  version: 1,
  name: `View ${id}`,
  shared: false,
  may_edit: true,
  filter: { ...none, ...filter },
})

test.each<ContactSearch>([
  {},
  { list: 2, owner: 'me', tags: [3, 5] },
  { owner: 12, company: 7, mine: true, sort: 'name', columns: 'name,phone', density: 'compact' },
  { deleted: true, order: 'asc', expression: { field: 'name', op: 'filled' } },
])('%j comes back as it was kept', search => {
  const kept = view(1, contactShelf.filterOf({ ...search, search: 'not kept' }))
  expect(contactShelf.searchOf(kept)).toEqual(search)
  expect(viewIn(contactShelf, [kept], search)).toBe(kept)
})

test('a view that one came by is told from what is on screen now', () => {
  const mine = view(4, { mine: true })
  expect(changedView(contactShelf, [mine], { mine: true, saved: 4 })).toBeUndefined()
  expect(changedView(contactShelf, [mine], { mine: true, list: 1, saved: 4 })).toBe(mine)
})
