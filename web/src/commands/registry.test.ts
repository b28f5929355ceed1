import { expect, test } from 'vitest'
import { commands, normalSequence, overlap } from './registry'

test('no two commands share keys where both could be meant', () => {
  const clashes: string[] = []
  for (const [index, one] of commands.entries()) {
    for (const other of commands.slice(index + 1)) {
      if (!overlap(one.scope, other.scope)) continue
      for (const keys of one.keys ?? []) {
        if (other.keys?.some(others => normalSequence(others) === normalSequence(keys))) {
          clashes.push(`${keys}: ${one.id} and ${other.id}`)
        }
      }
    }
  }
  expect(clashes).toEqual([])
})

test('no single key is also the beginning of a sequence', () => {
  const all = commands.flatMap(command => command.keys ?? []).map(normalSequence)
  const beginnings = new Set(all.filter(keys => keys.includes(' ')).map(keys => keys.split(' ')[0]))
  expect(all.filter(keys => beginnings.has(keys))).toEqual([])
})

test('ids are unique and name their feature', () => {
  const ids = commands.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  for (const id of ids) expect(id).toMatch(/^[a-z]+\.[a-zA-Z]+$/)
})
