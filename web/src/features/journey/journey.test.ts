import { expect, test } from 'vitest'
import type { JourneyEntry } from '@/api/types'
import { byMonth } from './months'
import { isBackwards, recent, within } from './period'

const local = (year: number, month: number, day: number) => new Date(year, month - 1, day).toISOString()

test('the first period is this month and the three whole ones before', () => {
  const at = new Date(2026, 1, 28, 23, 59).getTime()
  expect(within(recent, at)).toEqual({ from: local(2025, 11, 1) })
})

test('a period of one’s own has all of its last day', () => {
  const custom = { kind: 'custom', from: '2026-03-01', to: '2026-03-31' } as const
  expect(within(custom, 0)).toEqual({ from: local(2026, 3, 1), to: local(2026, 4, 1) })
  expect(within({ ...custom, from: '' }, 0)).toEqual({ to: local(2026, 4, 1) })
  expect(within({ ...custom, from: '', to: '' }, 0)).toEqual({})
  expect(within({ ...custom, kind: 'all' }, 0)).toEqual({})
  expect(isBackwards(custom)).toBe(false)
  expect(isBackwards({ ...custom, to: '2026-02-28' })).toBe(true)
})

test('entries stand under their months, whichever page they came with', () => {
  const entry = (id: number, at: string) => ({ id, started_at: at }) as JourneyEntry
  const months = byMonth([
    entry(4, local(2026, 3, 31)),
    entry(3, local(2026, 3, 1)),
    entry(2, local(2026, 2, 28)),
    entry(1, local(2025, 3, 1)),
  ])
  expect(months.map(({ id, entries }) => [id, entries.map(one => one.id)])).toEqual([
    ['2026-03', [4, 3]],
    ['2026-02', [2]],
    ['2025-03', [1]],
  ])
  expect(months[0]?.label).toMatch(/March 2026/)
})
