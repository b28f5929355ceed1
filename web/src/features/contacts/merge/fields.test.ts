import { expect, test } from 'vitest'
import type { ContactField } from '@/api/types'
import { fullName } from '@/lib/names'
import { contact } from '@/test/fixtures'
import { choicesOf, isDoubtful, pairsOf, united, usualSide } from './fields'

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
  expect(fullName({ first_name: '', last_name: null, id: 7 })).toBe('#7')
})
