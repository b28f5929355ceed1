import type { Message } from '@/api/types'

/** Whether the customer's phone has it, so that it can be quoted or reacted to. */
export function canBeAnswered({ direction, status, deleted_at, id }: Message): boolean {
  if (id < 0 || deleted_at !== null) return false
  if (direction === 'in') return true
  return direction === 'out' && status !== null && !['queued', 'failed', 'unknown'].includes(status)
}
