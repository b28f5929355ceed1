import { expect, test } from 'vitest'
import type { ContactField } from '@/api/types'
import { columnWords } from '@/features/conditions/words'
import { contactColumns } from '@/features/contacts/list/columns'
import { interactionColumns } from '@/features/interactions/table/columns'
import { moved, ownAtMost, ownKeys, toggled } from './columns'

const {
  shownOf: columnsOf,
  textOf: columnsText,
  namesOf: columnNames,
  usual: usualColumns,
} = interactionColumns

const field = (key: string, more: Partial<ContactField> = {}): ContactField => ({
  id: 1,
  version: 1,
  list_id: null,
  list_name: null,
  key,
  name: key,
  kind: 'text',
  options: [],
  required: false,
  sensitive: false,
  hidden: false,
  archived: false,
  used: 0,
  ...more,
})

test('what is usual is not said in the URL, and what it does not know it leaves out', () => {
  expect(columnsOf(undefined, [])).toEqual(usualColumns)
  expect(columnsOf('nonsense', [])).toEqual(usualColumns)
  expect(columnsOf('tags,id,colour,tags', [])).toEqual(['tags', 'id'])
  expect(columnsText(usualColumns)).toBeUndefined()
  expect(columnsOf(columnsText(['queue', 'id']), [])).toEqual(['queue', 'id'])
})

test('a custom field is a column while one may see it', () => {
  const own = [field('plan'), field('old', { archived: true }), field('card', { hidden: true })]
  const text = 'id,contact.fields.plan,contact.fields.old,contact.fields.card,contact.fields.never'
  expect(columnsOf(text, own)).toEqual(['id', 'contact.fields.plan'])
  expect(ownKeys(columnsOf(text, own))).toEqual(['plan'])
  expect(columnNames(own).filter(name => name.startsWith('contact.'))).toEqual(['contact.fields.plan'])
  // Until it is known what there is, they keep their place.
  expect(ownKeys(columnsOf(text, undefined))).toEqual(['plan', 'old', 'card', 'never'])
  const many = Array.from({ length: ownAtMost + 5 }, (_, at) => field(`f${at}`))
  const all = many.map(({ key }) => `contact.fields.${key}`).join(',')
  expect(columnsOf(`${all},id`, many)).toHaveLength(ownAtMost + 1)
})

test('columns move by one, stay at the ends, and one is always left', () => {
  expect(moved(['id', 'tags', 'queue'], 'tags', -1)).toEqual(['tags', 'id', 'queue'])
  expect(moved(['id', 'tags', 'queue'], 'tags', 1)).toEqual(['id', 'queue', 'tags'])
  expect(moved(['id', 'tags'], 'id', -1)).toEqual(['id', 'tags'])
  expect(toggled(['id', 'tags'], 'id')).toEqual(['tags'])
  expect(toggled(['tags'], 'id')).toEqual(['tags', 'id'])
  expect(toggled(['tags'], 'tags')).toEqual(['tags'])
})

test('every column has a name', () => {
  for (const name of [...columnNames([]), ...contactColumns.namesOf([])]) {
    expect(columnWords(name)).not.toContain('field_')
  }
})
