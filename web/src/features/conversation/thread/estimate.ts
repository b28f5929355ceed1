import { mediaSize } from '../message/mediaSize'
import type { ThreadRow } from './rows'

/** How high a row will be, closely enough that nothing visible moves when it is measured. */
export function estimate(row: ThreadRow | undefined): number {
  if (!row) return 40
  if (row.kind === 'day') return 44
  if (row.kind === 'unread') return 36
  const { message, isFirst, isLast } = row
  if (message.direction === 'system') return 32
  const lines = (message.text ?? '').split('\n')
  const text = message.text ? lines.reduce((sum, line) => sum + Math.ceil((line.length + 1) / 64), 0) * 22 : 0
  const media = message.attachments.reduce((sum, attachment) => sum + mediaSize(attachment).height + 8, 0)
  const drawn = message.content.type === 'text' || message.content.type === 'media' ? 0 : 120
  return (isFirst ? 12 : 3) + 14 + text + media + drawn + (isLast ? 18 : 0) + (message.reply_to ? 52 : 0)
}
