import { expect, test } from 'vitest'
import { offer } from '@/test/fixtures'
import { isOverdue, order } from './stack'

const at = (second: number) => `2026-11-22T10:00:${String(second).padStart(2, '0')}Z`
const offers = [
  offer({ id: 1, starts_at: at(1) }),
  offer({ id: 3, starts_at: at(9) }),
  offer({ id: 2, starts_at: at(5) }),
]
const ids = (held: number[] | null) => order(offers, held).map(({ id }) => id)

test('newest on top', () => {
  expect(ids(null)).toEqual([3, 2, 1])
})

test('nothing moves under the pointer: new ones come below', () => {
  expect(ids([2, 1])).toEqual([2, 1, 3])
})

test('an end that nobody told of', () => {
  const ends = Date.parse('2026-11-22T10:00:30Z')
  expect(isOverdue(offer(), ends + 1_000)).toBe(false)
  expect(isOverdue(offer(), ends + 5_000)).toBe(true)
  expect(isOverdue(offer({ state: 'taken' }), ends + 5_000)).toBe(false)
})
