import { expect, test } from 'vitest'
import type { FlowStep } from '@/api/types'
import { changeStep, endlessStep, usesQueue } from './accounts/flow'
import { move } from './order'

const step = (queue_id: number, timeout_s = 300): FlowStep => ({ type: 'queue', queue_id, timeout_s })

test('moving keeps every item, and stops at the ends', () => {
  expect(move(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c'])
  expect(move(['a', 'b', 'c'], 2, -1)).toEqual(['a', 'c', 'b'])
  expect(move(['a', 'b', 'c'], 0, -1)).toEqual(['a', 'b', 'c'])
  expect(move(['a', 'b', 'c'], 2, 1)).toEqual(['a', 'b', 'c'])
})

test('changing a step leaves the others', () => {
  expect(changeStep([step(1), step(2)], 1, { timeout_s: 0 })).toEqual([step(1), step(2, 0)])
  expect(changeStep([step(1)], 5, { timeout_s: 0 })).toEqual([step(1)])
})

test('a step without end is told of only when another stands behind it', () => {
  expect(endlessStep([])).toBe(-1)
  expect(endlessStep([step(1), step(2, 0)])).toBe(-1)
  expect(endlessStep([step(1, 0), step(2, 0)])).toBe(0)
})

test('a queue is used by a step and as the default', () => {
  const account = { flow: [step(1)], default_queue_id: 2 }
  expect([1, 2, 3].map(id => usesQueue(account, id))).toEqual([true, true, false])
})
