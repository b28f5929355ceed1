import { expect, test } from 'vitest'
import { changedKeys, emptyNumbers, rebase, rootOf, same, withoutMisfits } from './draft'

const stored = { name: 'Sales', weight: 5, user_ids: [1, 2], steps: [{ queue_id: 1, timeout_s: 30 }] }

test('what is typed and typed back is no change', () => {
  expect(changedKeys(stored, { ...stored, steps: [{ queue_id: 1, timeout_s: 30 }] })).toEqual([])
  expect(changedKeys(stored, { ...stored, name: 'Sale', weight: 6 })).toEqual(['name', 'weight'])
})

test('ids in another order are the same choice, words in another order are not', () => {
  expect(same([1, 2], [2, 1])).toBe(true)
  expect(same([1, 2], [1, 3])).toBe(false)
  expect(same(['Lunch', 'Break'], ['Break', 'Lunch'])).toBe(false)
  expect(same([{ id: 1 }, { id: 2 }], [{ id: 2 }, { id: 1 }])).toBe(false)
  expect(same({ mode: 'last', count: 4 }, { mode: 'full' })).toBe(false)
  expect(same(null, {})).toBe(false)
})

test('somebody else’s changes come in under what is typed', () => {
  const typed = { ...stored, name: 'Billing' }
  const fresh = { ...stored, name: 'Refunds', weight: 3 }
  expect(rebase(stored, typed, fresh)).toEqual({
    draft: { ...fresh, name: 'Billing' },
    theirs: ['name', 'weight'],
    both: ['name'],
  })
})

test('who typed the same as somebody else has changed nothing', () => {
  const typed = { ...stored, weight: 3 }
  const { draft, both } = rebase(stored, typed, typed)
  expect(both).toEqual([])
  expect(changedKeys(typed, draft)).toEqual([])
})

test('a misfit belongs to the field at the root of its path', () => {
  expect(rootOf('flow[0].queue_id')).toBe('flow')
  expect(rootOf('credentials.access_token')).toBe('credentials')
  const misfits = { 'flow[0].queue_id': 'gone', name: 'empty' }
  expect(withoutMisfits(misfits, 'flow')).toEqual({ name: 'empty' })
})

test('a number field that was emptied is found', () => {
  expect(emptyNumbers({ ...stored, weight: Number.NaN })).toEqual(['weight'])
})
