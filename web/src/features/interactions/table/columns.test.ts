import { expect, test } from 'vitest'
import { columnWords } from '../advanced/words'
import { columnNames, columnsOf, columnsText, moved, toggled, usualColumns } from './columns'

test('what is usual is not said in the URL, and what it does not know it leaves out', () => {
  expect(columnsOf(undefined)).toEqual(usualColumns)
  expect(columnsOf('nonsense')).toEqual(usualColumns)
  expect(columnsOf('tags,id,colour,tags')).toEqual(['tags', 'id'])
  expect(columnsText(usualColumns)).toBeUndefined()
  expect(columnsOf(columnsText(['queue', 'id']))).toEqual(['queue', 'id'])
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
  for (const name of columnNames) expect(columnWords(name)).not.toContain('field_')
})
