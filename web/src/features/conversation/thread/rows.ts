// From messages to what stands in a thread: dividers between days, where the unread begins, and which messages of one
// author belong together. Pure, and cheap to do again for ten thousand messages.
import type { Message } from '@/api/types'
import { dayNumber, millis, minute } from '@/lib/time'

export type ThreadRow =
  | { kind: 'day'; key: string; at: number }
  | { kind: 'unread'; key: string }
  | { kind: 'message'; key: string; message: Message; isFirst: boolean; isLast: boolean }

const together = 2 * minute

export function rowsOf(messages: readonly Message[], unreadFrom: number | null): ThreadRow[] {
  const rows: ThreadRow[] = []
  let before: Message | undefined
  for (const [index, message] of messages.entries()) {
    const { at, day } = timeOf(message)
    const isNewDay = !before || timeOf(before).day !== day
    if (isNewDay) rows.push({ kind: 'day', key: `d${day}`, at })
    const isUnread = message.id === unreadFrom
    if (isUnread) rows.push({ kind: 'unread', key: 'unread' })
    const after = messages[index + 1]
    rows.push({
      kind: 'message',
      key: keyOf(message),
      message,
      isFirst: isNewDay || isUnread || !before || !belong(before, message),
      isLast: !after || after.id === unreadFrom || !belong(message, after),
    })
    before = message
  }
  return rows
}

/** The same before and after the server has given it a number, so its bubble stays the same bubble. */
export function keyOf(message: Message): string {
  return message.client_id ?? `m${message.id}`
}

function belong(one: Message, other: Message): boolean {
  if (one.direction !== other.direction || one.direction === 'system' || one.direction === 'note')
    return false
  if (one.author.kind !== other.author.kind || one.author.id !== other.author.id) return false
  const [first, second] = [timeOf(one), timeOf(other)]
  const between = second.at - first.at
  return between >= 0 && between < together && first.day === second.day
}

const times = new WeakMap<Message, { at: number; day: number }>()

/** Read once for each: a message that changes is another object. */
function timeOf(message: Message): { at: number; day: number } {
  const known = times.get(message)
  if (known) return known
  const at = millis(message.at)
  const read = { at, day: dayNumber(at) }
  times.set(message, read)
  return read
}

/** Which message the line "unread" stands before: the oldest of so many from the customer, counted from the end. */
export function firstUnread(messages: readonly Message[], unread: number): number | null {
  if (unread <= 0) return null
  let left = unread
  let found: number | null = null
  for (let index = messages.length - 1; index >= 0 && left > 0; index--) {
    const message = messages[index]
    if (message?.direction !== 'in') continue
    found = message.id
    left--
  }
  return found
}

/** Keeps the rows that did not change the same objects, so that only what changed renders again. */
export function keepSame(before: readonly ThreadRow[], rows: ThreadRow[]): ThreadRow[] {
  const known = new Map(before.map(row => [row.key, row]))
  return rows.map(row => {
    const old = known.get(row.key)
    return old && isSame(old, row) ? old : row
  })
}

function isSame(one: ThreadRow, other: ThreadRow): boolean {
  if (one.kind !== 'message' || other.kind !== 'message') return one.kind === other.kind
  return one.message === other.message && one.isFirst === other.isFirst && one.isLast === other.isLast
}
