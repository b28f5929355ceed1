import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Frame } from '@/api/types'
import { Stream } from './socket'

class FakeSocket {
  onopen: (() => void) | null = null
  onmessage: ((event: { data: string }) => void) | null = null
  onclose: (() => void) | null = null
  readyState = 0
  sent: string[] = []
  readonly since: string
  constructor(since: string) {
    this.since = since
  }
  send(text: string) {
    this.sent.push(text)
  }
  close() {
    this.readyState = 3
  }
  accept() {
    this.readyState = 1
    this.onopen?.()
    this.give({ type: 'hello', position: 'head' })
  }
  give(frame: Frame) {
    this.onmessage?.({ data: JSON.stringify(frame) })
  }
}

let sockets: FakeSocket[] = []
let frames: Frame[] = []
const poll = vi.fn()
let stream: Stream
const last = () => {
  const socket = sockets.at(-1)
  if (!socket) throw new Error('no socket was opened')
  return socket
}

beforeEach(() => {
  vi.useFakeTimers()
  sockets = []
  frames = []
  poll.mockReset()
  stream = new Stream({
    onFrame: frame => frames.push(frame),
    poll,
    open: since => {
      sockets.push(new FakeSocket(since))
      return last() as unknown as WebSocket
    },
  })
  stream.start('p0')
})

afterEach(() => {
  stream.stop()
  vi.useRealTimers()
})

test('goes on exactly after the last frame', () => {
  last().accept()
  expect(stream.connection()).toBe('live')
  last().give({ type: 'gone', position: 'p7', id: 1 })
  last().onclose?.()
  expect(stream.connection()).toBe('catching-up')
  vi.advanceTimersByTime(1_000)
  expect(sockets).toHaveLength(2)
  expect(last().since).toBe('p7')
})

test('a greeting does not skip what was missed', () => {
  last().accept()
  last().onclose?.()
  vi.advanceTimersByTime(1_000)
  expect(last().since).toBe('p0')
})

test('a heartbeat moves the position, a whisper does not', () => {
  last().accept()
  last().give({ type: 'position', position: 'p9' })
  last().give({ type: 'typing', interaction_id: 1, user: { id: 2, name: 'Luca' } })
  last().onclose?.()
  vi.advanceTimersByTime(1_000)
  expect(last().since).toBe('p9')
})

test('silence is a dead line', () => {
  last().accept()
  vi.advanceTimersByTime(41_000)
  expect(sockets.length).toBeGreaterThan(1)
})

test('a network that was said to be gone and is not', () => {
  last().accept()
  window.dispatchEvent(new Event('offline'))
  expect(stream.connection()).toBe('offline')
  last().give({ type: 'position', position: 'p2' })
  expect(stream.connection()).toBe('live')
})

test('says again what is on screen after a reconnection', () => {
  last().accept()
  stream.watch(12)
  last().onclose?.()
  vi.advanceTimersByTime(1_000)
  last().accept()
  expect(last().sent).toEqual([JSON.stringify({ type: 'watch', interaction_id: 12 })])
})

test('polls when no WebSocket gets through, and goes on from there', async () => {
  poll.mockResolvedValueOnce({ events: [{ type: 'gone', position: 'p3', id: 3 }], position: 'p4' })
  poll.mockImplementation(() => new Promise(() => {}))
  for (let tries = 0; tries < 4; tries++) {
    last().onclose?.()
    await vi.advanceTimersByTimeAsync(10_000)
  }
  expect(frames).toEqual([{ type: 'gone', position: 'p3', id: 3 }])
  expect(stream.connection()).toBe('live')
  expect(poll.mock.calls[1]?.[0]).toBe('p4')
})

test('nothing more after stopping', () => {
  last().accept()
  stream.stop()
  vi.advanceTimersByTime(120_000)
  expect(sockets).toHaveLength(1)
})
