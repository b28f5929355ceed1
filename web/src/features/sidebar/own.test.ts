import { expect, test } from 'vitest'
import type { ContactField } from '@/api/types'
import { fieldsOf, textOf, typedOf } from './own'

const field = (change: Partial<ContactField>): ContactField => ({
  id: 1,
  version: 1,
  list_id: null,
  list_name: null,
  key: 'city',
  name: 'City',
  kind: 'text',
  options: [],
  required: false,
  sensitive: false,
  archived: false,
  used: 0,
  ...change,
})

test('a contact has the fields of its list that are not put away', () => {
  const all = [
    field({ id: 1 }),
    field({ id: 2, list_id: 7 }),
    field({ id: 3, list_id: 8 }),
    field({ id: 4, archived: true }),
  ]
  expect(fieldsOf(all, { list_id: 7 }).map(({ id }) => id)).toEqual([1, 2])
})

test('numbers take a comma, dates become instants, and what was typed comes back', () => {
  expect(typedOf(field({ kind: 'number' }), ' 12,5 ')).toEqual({ value: 12.5 })
  expect(textOf({ kind: 'number' }, 12.5)).toBe('12.5')
  const at = typedOf(field({ kind: 'date_time' }), '2026-03-02T09:30')
  if (!('value' in at) || typeof at.value !== 'string') throw new Error('an instant')
  expect(new Date(at.value).getTime()).toBe(new Date('2026-03-02T09:30').getTime())
  expect(textOf({ kind: 'date_time' }, at.value)).toBe('2026-03-02T09:30')
  expect(typedOf(field({ kind: 'url' }), 'HTTPS://example.com/a?b')).toEqual({
    value: 'HTTPS://example.com/a?b',
  })
  expect(typedOf(field({}), '  ')).toEqual({ value: null })
})

test('what is wrong is said by the name of the field', () => {
  for (const [kind, text] of [
    ['number', 'a dozen'],
    ['date_time', 'soon'],
    ['url', 'example.com'],
    ['url', 'https:// example.com'],
  ] as const) {
    const typed = typedOf(field({ kind }), text)
    expect('wrong' in typed && typed.wrong).toContain('City')
  }
  const empty = typedOf(field({ required: true }), ' ')
  expect('wrong' in empty && empty.wrong).toContain('City')
})
