import { describe, expect, test } from 'vitest'
import { message } from '@/test/fixtures'
import { type Thread, withMessage } from './entities'
import type { Message } from './types'

const thread = (...items: Message[]): Thread => ({
  pages: [{ items, next: null, position: 'p1' }],
  pageParams: [null],
})
const ids = (held: Thread) => held.pages.flatMap(page => page.items.map(({ id }) => id))
const at = (second: number) => `2026-11-22T10:00:${String(second).padStart(2, '0')}Z`

const asked = message({ id: 1, at: at(1) })
const pending = message({ id: -1, client_id: 'a', direction: 'out', status: 'queued', at: at(5) })
const sent = message({ id: 7, client_id: 'a', direction: 'out', status: 'accepted', at: at(6) })

describe('what is on its way', () => {
  const before = withMessage(thread(asked), pending)

  test('shows at once', () => expect(ids(before)).toEqual([1, -1]))

  test('the answer replaces it, and the frame after it changes nothing', () => {
    const answered = withMessage(before, sent)
    expect(ids(answered)).toEqual([1, 7])
    expect(withMessage(answered, sent)).toBe(answered)
  })

  test('the frame replaces it, and the answer after it is the older news', () => {
    const framed = withMessage(before, { ...sent, status: 'sent', version: 2 })
    const answered = withMessage(framed, sent)
    expect(answered).toBe(framed)
    expect(answered.pages[0]?.items.at(-1)?.status).toBe('sent')
  })

  test('a late word of it does not bring it back', () => {
    const answered = withMessage(before, sent)
    expect(withMessage(answered, { ...pending, version: 9 })).toBe(answered)
  })

  test('a change of it stays in its place', () => {
    const refused = withMessage(before, { ...pending, status: 'failed', version: 2 })
    expect(ids(refused)).toEqual([1, -1])
    expect(refused.pages[0]?.items[1]?.status).toBe('failed')
  })

  test('several of one instant keep their order, behind what the server has', () => {
    let held = thread(asked)
    for (const [id, client_id] of [
      [-1, 'a'],
      [-2, 'b'],
      [-3, 'c'],
    ] as const)
      held = withMessage(held, { ...pending, id, client_id })
    held = withMessage(held, message({ id: 4, at: pending.at }))
    expect(ids(held)).toEqual([1, 4, -1, -2, -3])
    expect(ids(withMessage(held, { ...sent, at: pending.at }))).toEqual([1, 4, 7, -2, -3])
  })

  test('messages of others with no client id are left alone', () => {
    const held = withMessage(before, message({ id: 9, client_id: null, at: at(9) }))
    expect(ids(held)).toEqual([1, -1, 9])
  })
})
