import { expect, test } from 'vitest'
import { fieldTime, fieldValue, presets } from './times'

const at = (text: string) => new Date(text).getTime()
const named = (text: string) => presets(at(text)).map(({ id, at }) => `${id} ${fieldValue(at)}`)

test('the usual times, each once and each in the future', () => {
  // A Wednesday morning.
  expect(named('2026-03-04T10:02:00')).toEqual([
    'hour 2026-03-04T11:05',
    'evening 2026-03-04T17:00',
    'morning 2026-03-05T09:00',
    'monday 2026-03-09T09:00',
  ])
  // A Sunday evening: tomorrow is Monday.
  expect(named('2026-03-08T19:30:00')).toEqual(['hour 2026-03-08T20:30', 'morning 2026-03-09T09:00'])
  // On a Monday the next one is in a week.
  expect(named('2026-03-09T16:30:00')).toEqual([
    'hour 2026-03-09T17:30',
    'morning 2026-03-10T09:00',
    'monday 2026-03-16T09:00',
  ])
})

test('a field goes there and back', () => {
  expect(fieldTime(fieldValue(at('2026-03-04T10:02:00')))).toBe(at('2026-03-04T10:02:00'))
  expect(fieldTime('')).toBeNull()
})
