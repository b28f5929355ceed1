import { describe, expect, test } from 'vitest'
import type { SavedView } from '@/api/types'
import { changedView as changed, viewIn as shown } from '@/features/views/shelf'
import { filterOfView, interactionShelf, searchOfView } from './saved'
import type { InteractionSearch } from './search'

const none: SavedView['filter'] = {
  state: null,
  account: null,
  agent: null,
  queue: null,
  read: null,
  tags: null,
  sentiment: null,
  from: null,
  to: null,
  sort: null,
  order: null,
  expression: null,
  view: null,
  columns: null,
  density: null,
}
const view = (id: number, filter: Partial<SavedView['filter']>): SavedView => ({
  id,
  version: 1,
  name: `View ${id}`,
  shared: false,
  may_edit: true,
  filter: { ...none, ...filter },
})

const viewIn = (views: readonly SavedView[], search: InteractionSearch) =>
  shown(interactionShelf, views, search)
const changedView = (views: readonly SavedView[], search: InteractionSearch) =>
  changed(interactionShelf, views, search)

describe('a saved view', () => {
  test.each<InteractionSearch>([
    {},
    { state: 'all' },
    { state: 'closed', agent: 'me' },
    { agent: 12, tags: [3, 5], queue: 2, account: 1 },
    { read: 'unread', from: '2026-11-22T00:00:00.000Z', sort: 'window' },
    { sort: 'waiting', order: 'desc', view: 'table', columns: 'tags,id', density: 'compact' },
    { expression: { any: [{ field: 'unread', op: 'is', value: true }] } },
  ])('shows again what was on screen: %o', search => {
    expect(searchOfView(view(1, filterOfView(search)))).toEqual(search)
  })

  test('is the one on screen, however its instants are written, and not while one searches', () => {
    const views = [view(1, { state: 'open', read: 'unread' }), view(2, { from: '2026-11-22T00:00:00Z' })]
    expect(viewIn(views, { read: 'unread' })?.id).toBe(1)
    expect(viewIn(views, { state: 'all', from: '2026-11-22T00:00:00.000Z' })?.id).toBe(2)
    expect(viewIn(views, { read: 'unread', search: 'sofa' })).toBeUndefined()
    expect(viewIn(views, { read: 'read' })).toBeUndefined()
  })

  test('that one came by is said to be changed once it is', () => {
    const views = [view(1, { state: 'open' }), view(2, { state: 'open' })]
    expect(viewIn(views, { saved: 2 })?.id).toBe(2)
    expect(changedView(views, { saved: 2 })).toBeUndefined()
    expect(changedView(views, { saved: 2, density: 'roomy' })?.id).toBe(2)
    expect(changedView(views, { density: 'roomy' })).toBeUndefined()
  })
})
