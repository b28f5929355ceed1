import { describe, expect, test } from 'vitest'
import type { Message } from '@/api/types'
import { message } from '@/test/fixtures'
import { firstUnread, keepSame, rowsOf } from './rows'

const agent = { kind: 'agent', id: 1, name: 'Marta' } as const
let id = 0
const said = (time: string, over: Partial<Message> = {}) =>
  message({ id: ++id, at: `2026-11-${time.includes(' ') ? time.replace(' ', 'T') : `22T${time}`}`, ...over })
const shape = (messages: Message[], unreadFrom: number | null = null) =>
  rowsOf(messages, unreadFrom).map(row =>
    row.kind === 'message'
      ? `${row.isFirst ? '[' : ''}${row.message.text}${row.isLast ? ']' : ''}`
      : row.kind,
  )

describe('which messages belong together', () => {
  test('one author within two minutes', () => {
    const rows = [
      said('12:00:00', { text: 'a' }),
      said('12:01:50', { text: 'b' }),
      said('12:03:50', { text: 'c' }),
    ]
    expect(shape(rows)).toEqual(['day', '[a', 'b]', '[c]'])
  })

  test('another author, a note and a system line stand alone', () => {
    const out = { direction: 'out', author: agent } as const
    const rows = [
      said('12:00:00', { text: 'a' }),
      said('12:00:10', { ...out, text: 'b' }),
      said('12:00:20', { ...out, text: 'n', direction: 'note' }),
      said('12:00:30', { ...out, text: 'o', direction: 'note' }),
      said('12:00:40', { ...out, text: 'c' }),
    ]
    expect(shape(rows)).toEqual(['day', '[a]', '[b]', '[n]', '[o]', '[c]'])
  })

  test('two agents are two authors', () => {
    const rows = [
      said('12:00:00', { direction: 'out', author: agent, text: 'a' }),
      said('12:00:10', { direction: 'out', author: { ...agent, id: 2 }, text: 'b' }),
    ]
    expect(shape(rows)).toEqual(['day', '[a]', '[b]'])
  })
})

test('each day has its divider, and the unread begin a group', () => {
  const one = said('21 12:00:00', { text: 'a' })
  const two = said('22 12:00:00', { text: 'b' })
  const three = said('22 12:00:30', { text: 'c' })
  expect(shape([one, two, three], three.id)).toEqual(['day', '[a]', 'day', '[b]', 'unread', '[c]'])
})

test('the unread are counted from the end, without our own', () => {
  const rows = [said('12:00:00'), said('12:01:00'), said('12:02:00', { direction: 'out' }), said('12:03:00')]
  expect(firstUnread(rows, 2)).toBe(rows[1]?.id)
  expect(firstUnread(rows, 0)).toBeNull()
  expect(firstUnread(rows, 9)).toBe(rows[0]?.id)
})

test('a message on its way is the same row when it has arrived', () => {
  const pending = rowsOf([said('12:00:00', { id: -1, client_id: 'x' })], null)
  const sent = rowsOf([said('12:00:00', { id: 7, client_id: 'x' })], null)
  expect(sent[1]?.key).toBe(pending[1]?.key)
})

test('what did not change stays the same object', () => {
  const one = said('12:00:00')
  const two = said('12:10:00')
  const before = rowsOf([one, two], null)
  const after = keepSame(before, rowsOf([one, { ...two, status: 'read' }], null))
  expect(after[1]).toBe(before[1])
  expect(after[2]).not.toBe(before[2])
})
