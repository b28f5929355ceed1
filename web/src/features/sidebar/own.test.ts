import { expect, test } from 'vitest'
import { contactField } from '@/test/fixtures'
import { fieldsOf, textOf, typedOf } from './own'

test('a contact has the fields of its list that are not put away', () => {
  const all = [
    contactField({ id: 1 }),
    contactField({ id: 2, list_id: 7 }),
    contactField({ id: 3, list_id: 8 }),
    contactField({ id: 4, archived: true }),
  ]
  expect(fieldsOf(all, { list_id: 7 }).map(({ id }) => id)).toEqual([1, 2])
})

test('numbers take a comma, dates become instants, and what was typed comes back', () => {
  expect(typedOf(contactField({ kind: 'number' }), ' 12,5 ')).toEqual({ value: 12.5 })
  expect(textOf({ kind: 'number' }, 12.5)).toBe('12.5')
  const at = typedOf(contactField({ kind: 'date_time' }), '2026-03-02T09:30')
  if (!('value' in at) || typeof at.value !== 'string') throw new Error('an instant')
  expect(new Date(at.value).getTime()).toBe(new Date('2026-03-02T09:30').getTime())
  expect(textOf({ kind: 'date_time' }, at.value)).toBe('2026-03-02T09:30')
  expect(typedOf(contactField({ kind: 'url' }), 'HTTPS://example.com/a?b')).toEqual({
    value: 'HTTPS://example.com/a?b',
  })
  expect(typedOf(contactField({}), '  ')).toEqual({ value: null })
})

test('what is wrong is said by the name of the field', () => {
  for (const [kind, text] of [
    ['number', 'a dozen'],
    ['date_time', 'soon'],
    ['url', 'example.com'],
    ['url', 'https:// example.com'],
  ] as const) {
    const typed = typedOf(contactField({ kind }), text)
    expect('wrong' in typed && typed.wrong).toContain('City')
  }
  const empty = typedOf(contactField({ required: true }), ' ')
  expect('wrong' in empty && empty.wrong).toContain('City')
})
