import { expect, test } from 'vitest'
import type { Contact, ContactField } from '@/api/types'
import { choicesOf, isDoubtful, nameOf, pairsOf, united, usualSide } from './fields'

const contact = (part: Partial<Contact>): Contact => ({
  company: null,
  company_id: null,
  created_at: '2026-11-01T10:00:00Z',
  date_of_birth: null,
  deleted_at: null,
  description: null,
  email: null,
  fields: {},
  first_name: '',
  id: 1,
  language: null,
  last_name: null,
  list_id: 1,
  masked: [],
  mobile: null,
  numbers: [],
  origin: 'agent',
  owner: null,
  phone: null,
  pinned_note: null,
  postal_address: null,
  socials: {},
  tags: [],
  updated_at: '2026-11-01T10:00:00Z',
  url: null,
  version: 1,
  ...part,
})

const field = (part: Partial<ContactField>): ContactField =>
  ({
    id: 1,
    key: 'vip',
    name: 'VIP',
    kind: 'switch',
    list_id: null,
    archived: false,
    ...part,
  }) as ContactField

test('only what either has stands side by side, and what differs is doubtful', () => {
  const one = contact({ first_name: 'Ada', email: 'ada@example.com', fields: { vip: true } })
  const other = contact({ first_name: 'Ada', email: 'a@example.com', phone: '+39 1', fields: { gone: 'x' } })
  const pairs = pairsOf(one, other, [field({}), field({ id: 2, key: 'gone', archived: true })])
  expect(pairs.map(({ field }) => field)).toEqual(['first_name', 'phone', 'email', 'fields.vip'])
  expect(pairs.filter(isDoubtful).map(({ field }) => field)).toEqual(['email'])
  expect(pairs.map(usualSide)).toEqual(['target', 'source', 'target', 'target'])
})

test('the server is told only of what was chosen against the usual', () => {
  const pairs = pairsOf(
    contact({ first_name: 'Ada', email: 'ada@example.com' }),
    contact({ first_name: 'Ada L.', email: 'a@example.com', phone: '+39 1' }),
    [],
  )
  expect(choicesOf(pairs, {})).toEqual({})
  expect(choicesOf(pairs, { first_name: 'source', email: 'target', phone: 'source' })).toEqual({
    first_name: 'source',
  })
})

test('fields of another list do not come along', () => {
  const [one, other] = [contact({ list_id: 1 }), contact({ list_id: 2, fields: { theirs: 'x' } })]
  const theirs = field({ key: 'theirs', kind: 'text', list_id: 2 })
  expect(pairsOf(one, other, [theirs])).toEqual([])
})

test('what both have is united, each once', () => {
  expect(united(['a', 'b'], ['b', 'c'])).toEqual(['a', 'b', 'c'])
})

test('a contact without a name has its number', () => {
  expect(nameOf({ first_name: '', last_name: null, id: 7 })).toBe('#7')
})
