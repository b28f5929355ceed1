import { expect, test } from 'vitest'
import type { Disposition } from '@/api/types'
import { moved, treeOf } from './tree'

const one = (id: number, over: Partial<Disposition> = {}): Disposition => ({
  id,
  version: 1,
  parent_id: null,
  level: 1,
  scope: 'global',
  scope_id: 0,
  scope_name: null,
  name: `d${id}`,
  description: null,
  retired: false,
  used: 0,
  ...over,
})

const all = [
  one(5, { scope: 'queue', scope_id: 2, scope_name: 'Sales' }),
  one(1),
  one(2),
  one(3, { parent_id: 1, level: 2 }),
  one(4, { parent_id: 1, level: 2, retired: true }),
]
const ids = (withRetired: boolean) => treeOf(all, withRetired).map(({ rows }) => rows.map(row => row.one.id))

test('children stand below their heading, the desk’s own before the others', () => {
  expect(ids(false)).toEqual([[1, 3, 2], [5]])
  expect(ids(true)).toEqual([[1, 3, 4, 2], [5]])
})

test('a place changes among its siblings and not beyond', () => {
  const [group] = treeOf(all, false)
  const row = (id: number) => group?.rows.find(found => found.one.id === id)
  const first = row(1)
  const child = row(3)
  if (!first || !child) throw new Error('they are there')
  expect(moved(first, 1)).toEqual([2, 1])
  expect(moved(first, -1)).toBeUndefined()
  expect(moved(child, 1)).toBeUndefined()
})
