import { expect, test } from 'vitest'
import { freeze } from './frozen'

test('what is shown stays in its order when something rises above it', () => {
  expect(freeze([1, 2, 3], [3, 1, 2])).toMatchObject({ shown: [1, 2, 3], fresh: 1 })
})

test('the row on top may have news without a pill', () => {
  expect(freeze([1, 2], [1, 2]).fresh).toBe(0)
})

test('new rows are counted, not shown', () => {
  expect(freeze([1, 2], [9, 8, 1, 2])).toMatchObject({ shown: [1, 2], fresh: 2 })
  expect(freeze([1, 2, 3], [9, 3, 1, 2])).toMatchObject({ shown: [1, 2, 3], fresh: 2 })
})

test('older pages are added below', () => {
  expect(freeze([1, 2], [1, 2, 3, 4])).toMatchObject({ shown: [1, 2, 3, 4], fresh: 0 })
})

test('a row that left stays, and what it leaves behind has not risen', () => {
  const frozen = freeze([1, 2, 3], [2, 3])
  expect(frozen.shown).toEqual([1, 2, 3])
  expect([...frozen.left]).toEqual([1])
  expect(frozen.fresh).toBe(0)
})

test('an empty list, and one with nothing in common, show what is true', () => {
  expect(freeze([], [1, 2]).shown).toEqual([1, 2])
  expect(freeze([1, 2], [3]).shown).toEqual([3])
})
