import { describe, expect, test } from 'vitest'
import type { ContactFilter, InteractionFilter } from '@/api/keys'
import type { Interaction } from '@/api/types'
import { contact, interaction } from '@/test/fixtures'
import { compare, compareContacts, contactMatches, matches, place } from './lists'

describe('matches', () => {
  const tags = [
    { id: 7, name: 'vip' },
    { id: 8, name: 'late' },
  ]
  test.each([
    [{ state: 'open' }, interaction({ state: 'waiting' }), true],
    [{ state: 'open' }, interaction({ state: 'closed' }), false],
    [{ state: 'waiting' }, interaction({ state: 'active' }), false],
    [{ state: 'waiting' }, interaction({ state: 'offered' }), true],
    [{ agent: 'none' }, interaction({ owner: null, controller: 'bot' }), false],
    [{ sentiment: 'negative' }, interaction({ sentiment: 'negative' }), true],
    [{ sentiment: 'negative' }, interaction({ sentiment: null }), false],
    [{ tags: [7] }, interaction({ tags: ['vip'] }), true],
    [{ tags: [8, 7] }, interaction({ tags: ['vip'] }), true],
    [{ tags: [8] }, interaction({ tags: ['vip'] }), false],
    [{ agent: 'me' }, interaction(), true],
    [{ agent: 'me' }, interaction({ owner: { id: 2, name: 'Luca' } }), true], // I was the first
    [{ agent: 2 }, interaction(), false],
    [{ agent: 'none' }, interaction({ owner: null }), true],
    [{ agent: 'bot' }, interaction({ controller: 'bot' }), true],
    [{ read: 'unread' }, interaction({ marked_unread: true }), true],
    [{ read: 'read' }, interaction({ unread: 2 }), false],
    [{ queue: 2 }, interaction(), false],
    [{ from: '2026-11-23T00:00:00Z' }, interaction(), false],
    [{ search: 'shoes' }, interaction(), 'unknown'],
    [{ search: 'shoes', state: 'closed' }, interaction(), false],
    [{ expression: { field: 'unread', op: 'is', value: true } }, interaction(), 'unknown'],
    [{ expression: { all: [] }, state: 'closed' }, interaction(), false],
    [{ sort: 'waiting' }, interaction(), false],
    [{ sort: 'waiting' }, interaction({ unanswered_since: '2026-11-22T10:00:00Z' }), true],
  ] as const)('%o', (filter, one, expected) => {
    expect(matches(filter, one, 1, tags)).toBe(expected)
  })
})

describe('place', () => {
  const one = (id: number, minute: number) =>
    interaction({
      id,
      last_message: {
        at: `2026-11-22T10:${minute}:00Z`,
        direction: 'in',
        kind: 'text',
        preview: '',
        status: null,
      },
    })
  const held = [one(1, 50), one(2, 40), one(3, 30)]
  const before = (it: Interaction) => (id: number) => {
    const other = held.find(other => other.id === id)
    return other && compare({}, it, other) <= 0
  }
  const placed = (pages: { ids: number[]; next: string | null }[], it: Interaction, belongs = true) =>
    place(pages, it, belongs, before(it))
  const ids = (pages: { ids: number[] }[]) => pages.map(page => page.ids)

  test('newest first', () => {
    expect(ids(placed([{ ids: [1, 2, 3], next: null }], one(9, 45)))).toEqual([[1, 9, 2, 3]])
  })
  test('the same pages when it is there already', () => {
    const pages = [{ ids: [1, 2, 3], next: null }]
    expect(placed(pages, one(2, 40))).toBe(pages)
  })
  test('older than everything loaded: not in the middle of nowhere', () => {
    const pages = [{ ids: [1, 2], next: 'more' }]
    expect(placed(pages, one(9, 10))).toBe(pages)
    expect(ids(placed([{ ids: [1, 2], next: null }], one(9, 10)))).toEqual([[1, 2, 9]])
  })
  test('from an old page to the top', () => {
    const pages = [
      { ids: [1], next: 'b' },
      { ids: [2, 3], next: null },
    ]
    expect(ids(placed(pages, one(3, 59)))).toEqual([[3, 1], [2]])
  })
  test('what no longer belongs leaves', () => {
    expect(ids(placed([{ ids: [1, 2], next: null }], one(2, 40), false))).toEqual([[1]])
  })
})

test('what comes first of a list, whatever it is ordered by', () => {
  const old = interaction({
    id: 1,
    started_at: '2026-11-20T10:00:00Z',
    unanswered_since: '2026-11-22T09:00:00Z',
    customer: 'Zoë',
    state: 'waiting',
  })
  const late = interaction({
    id: 2,
    started_at: '2026-11-21T10:00:00Z',
    unanswered_since: '2026-11-22T11:00:00Z',
    customer: 'émile',
    state: 'active',
  })
  const first = (filter: InteractionFilter) => (compare(filter, old, late) < 0 ? 1 : 2)
  expect(first({ sort: 'started' })).toBe(2)
  expect(first({ sort: 'started', order: 'asc' })).toBe(1)
  expect(first({ sort: 'waiting' })).toBe(1)
  expect(first({ sort: 'waiting', order: 'desc' })).toBe(2)
  expect(first({ sort: 'id' })).toBe(2)
  expect(first({ sort: 'id', order: 'asc' })).toBe(1)
  expect(first({ sort: 'contact' })).toBe(2)
  expect(first({ sort: 'contact', order: 'desc' })).toBe(1)
  expect(first({ sort: 'status' })).toBe(1)
  expect(first({ sort: 'status', order: 'desc' })).toBe(2)
})

test('of a status the latest message comes first, whichever way round', () => {
  const [one, other] = [
    interaction({ id: 1, state: 'active', started_at: '2026-11-20T10:00:00Z', last_message: null }),
    interaction({ id: 2, state: 'active', started_at: '2026-11-21T10:00:00Z', last_message: null }),
  ]
  for (const order of ['asc', 'desc'] as const) expect(compare({ sort: 'status', order }, one, other)).toBe(1)
})

describe('contacts', () => {
  const tags = [{ id: 7, name: 'vip' }]
  test.each<[ContactFilter, Parameters<typeof contact>[0], boolean | 'unknown']>([
    [{}, {}, true],
    [{}, { deleted_at: '2026-11-02T10:00:00Z' }, false],
    [{ deleted: true }, { deleted_at: '2026-11-02T10:00:00Z' }, true],
    [{ deleted: true }, {}, false],
    [{ list: 2 }, {}, false],
    [{ tags: [7] }, { tags: ['vip'] }, true],
    [{ tags: [7] }, {}, false],
    [{ company: 3 }, { company_id: 3 }, true],
    [{ owner: 'me' }, { owner: { id: 1, name: 'Marta' } }, true],
    [{ owner: 2 }, { owner: { id: 1, name: 'Marta' } }, false],
    [{ mine: true }, {}, 'unknown'],
    [{ search: 'x' }, {}, 'unknown'],
    [{ search: 'x', list: 2 }, {}, false],
  ])('%j of %j: %s', (filter, over, expected) => {
    expect(contactMatches(filter, contact(over), 1, tags)).toBe(expected)
  })

  test('stand by the last change, or as one says', () => {
    const one = contact({ id: 1, first_name: 'Zoë', updated_at: '2026-11-03T10:00:00Z' })
    const other = contact({ id: 2, first_name: 'adam', created_at: '2026-11-04T10:00:00Z' })
    const first = (filter: ContactFilter) => (compareContacts(filter, one, other) < 0 ? 1 : 2)
    expect(first({})).toBe(1)
    expect(first({ order: 'asc' })).toBe(2)
    expect(first({ sort: 'name' })).toBe(2)
    expect(first({ sort: 'name', order: 'desc' })).toBe(1)
    expect(first({ sort: 'created' })).toBe(2)
  })
})
