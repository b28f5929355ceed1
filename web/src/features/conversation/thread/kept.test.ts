import { expect, test } from 'vitest'
import { keepShown, madeRoom } from './kept'

const tabs = (...ids: number[]) => ids.map(id => ({ id, usedAt: 0 }))

test('the one that is shown comes before all others, once', () => {
  expect(keepShown([1, 2, 3], 3)).toEqual([3, 1, 2])
  const held = [1, 2]
  expect(keepShown(held, 1)).toBe(held)
})

test('the five looked at last stay', () => {
  expect(madeRoom([6, 5, 4, 3, 2, 1], tabs(1, 2, 3, 4, 5, 6))).toEqual([6, 5, 4, 3, 2])
})

test('one whose tab was put away goes, unless it is the one that is read', () => {
  expect(madeRoom([3, 2, 1], tabs(1))).toEqual([3, 1])
})

test('nothing changes when none has to go', () => {
  const held = [2, 1]
  expect(madeRoom(held, tabs(1, 2))).toBe(held)
})
