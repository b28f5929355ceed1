import { expect, test } from 'vitest'
import type { ContactField, ImportMapping } from '@/api/types'
import { assigned, beginning, fieldsOf, matchable, missing, unfilled } from './mapping'

const mapping = (columns: ImportMapping['columns']): ImportMapping => ({
  columns,
  match_by: ['phone', 'email'],
  on_match: 'skip',
  tags: [],
})

test('what was guessed is where it begins, unless somebody has said', () => {
  const guessed = ['name', 'mobile', null]
  expect(beginning({ mapping: null }, { guessed })).toEqual({
    columns: guessed,
    match_by: ['phone'],
    on_match: 'skip',
    tags: [],
  })
  const said = mapping(['name', null, 'email'])
  expect(beginning({ mapping: said }, { guessed })).toBe(said)
  // Read with another separator it has other columns.
  expect(beginning({ mapping: said }, { guessed: ['name'] }).columns).toEqual(['name'])
})

test('what may stand only once leaves where it stood, and nobody is known by what is not there', () => {
  const before = mapping(['name', 'phone', 'email', 'tags'])
  expect(assigned(before, 0, 'email').columns).toEqual(['email', 'phone', null, 'tags'])
  expect(assigned(before, 0, 'tags').columns).toEqual(['tags', 'phone', 'email', 'tags'])
  const without = assigned(before, 2, null)
  expect(without.columns).toEqual(['name', 'phone', null, 'tags'])
  expect(without.match_by).toEqual(['phone'])
})

test('somebody is known by numbers, an address or a name', () => {
  expect(matchable(['number', 'last_name', 'company'])).toEqual(['phone', 'name'])
  expect(missing(mapping(['company', 'field:tier', null]))).toBe(true)
  expect(missing(mapping(['email']))).toBe(false)
})

test('required fields of the list that no column holds are told', () => {
  const field = (key: string, over: Partial<ContactField> = {}) =>
    ({ key, required: true, archived: false, list_id: null, ...over }) as ContactField
  const all = [field('tier'), field('old', { archived: true }), field('other', { list_id: 2 }), field('code')]
  const fields = fieldsOf(all, 1)
  expect(fields.map(({ key }) => key)).toEqual(['tier', 'code'])
  expect(unfilled(fields, mapping(['name', 'field:tier'])).map(({ key }) => key)).toEqual(['code'])
})
