import { expect, test } from 'vitest'
import { loadMessages, speak } from '@/i18n'
import { comingTime, dayLabel, duration, hour, listTime, minute, relative, second, timer } from './time'

const local = (day: number, hours: number, minutes = 0) => new Date(2026, 10, day, hours, minutes).getTime()
const now = local(22, 10)

test.each([
  [42 * second, '0:42'],
  [12 * minute + 5 * second, '12:05'],
  [hour + 2 * minute + 3 * second, '1:02:03'],
  [-5, '0:00'],
])('timer %d', (ms, words) => {
  expect(timer(ms)).toBe(words)
})

test('lists: the time, yesterday, the weekday, the date', () => {
  expect(listTime(local(22, 9, 5), now)).toMatch(/9:05/)
  expect(listTime(local(21, 23), now)).toBe('Yesterday')
  expect(listTime(local(19, 9), now)).toBe('Thu')
  expect(listTime(local(2, 9), now)).toBe('Nov 2')
})

test('what is to come is named by its day', () => {
  expect(comingTime(local(22, 23, 5), now)).toMatch(/^11:05/)
  expect(comingTime(local(23, 9), now)).toMatch(/^tomorrow 0?9:00/)
  expect(comingTime(local(25, 9), now)).toMatch(/^Wednesday 0?9:00/)
  expect(comingTime(local(30, 9), now)).toMatch(/^Nov 30 0?9:00/)
})

test('days change at local midnight', () => {
  expect(dayLabel(local(22, 0), now)).toBe('Today')
  expect(dayLabel(local(21, 23, 59), now)).toBe('Yesterday')
})

test('in Italian', async () => {
  speak('it')
  await loadMessages('it')
  expect(relative(now - 3 * minute, now)).toBe('3 min fa')
  expect(duration(3 * hour + 5 * minute)).toBe('3 h 5 min')
  expect(dayLabel(local(21, 12), now)).toBe('Ieri')
  speak('en')
  await loadMessages('en')
})
