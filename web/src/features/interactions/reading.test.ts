import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { forgetReading, tellRead } from './reading'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  vi.runAllTimers()
  vi.useRealTimers()
})

test('the first is told at once, what follows within a moment together', async () => {
  const told: number[] = []
  const read = (through: number) => tellRead(1, through, async () => void told.push(through))
  void read(10)
  expect(told).toEqual([10])
  const overtaken = read(11)
  void read(12)
  await overtaken
  expect(told).toEqual([10])
  vi.advanceTimersByTime(2_000)
  expect(told).toEqual([10, 12])
  vi.advanceTimersByTime(2_000)
  void read(13)
  expect(told).toEqual([10, 12, 13])
})

test('each conversation by itself, and what is marked unread is not told', () => {
  const told: string[] = []
  const read = (id: number, through: number) =>
    void tellRead(id, through, async () => void told.push(`${id}:${through}`))
  read(2, 1)
  read(3, 1)
  read(2, 2)
  forgetReading(2)
  vi.advanceTimersByTime(2_000)
  expect(told).toEqual(['2:1', '3:1'])
})
