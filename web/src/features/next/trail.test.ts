import { expect, test } from 'vitest'
import { anew, jumped, start, undone } from './trail'

test('each jump is passed over once and can be taken back', () => {
  const one = jumped(start, '/', 7)
  const two = jumped(one, '/interactions/7', 9)
  expect(two.seen).toEqual([7, 9])
  const back = undone(two)
  expect(back.to).toBe('/interactions/7')
  expect(back.trail).toEqual(one)
  expect(undone(start)).toEqual({ trail: start, to: null })
})

test('a new round forgets what was seen and keeps the way back', () => {
  const trail = anew(jumped(start, '/', 7))
  expect(trail).toEqual({ seen: [], back: ['/'] })
  expect(jumped(jumped(start, '/', 7), '/x', 7).seen).toEqual([7])
})

test('it never passes over more than the server takes', () => {
  let trail = start
  for (let id = 1; id <= 80; id++) trail = jumped(trail, '/', id)
  expect(trail.seen).toHaveLength(50)
  expect(trail.seen.at(-1)).toBe(80)
})
