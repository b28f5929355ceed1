import { useEffect, useRef, useState } from 'react'
import type { Message } from '@/api/types'
import { firstUnread } from './rows'

/**
 * Before which message the line "Unread" stands: where the unread began when the thread was opened, or what came while
 * nobody looked. It stays until one answers, so that it can be found again.
 */
export function useUnreadFrom(
  messages: readonly Message[],
  unread: number,
  isReading: () => boolean,
): number | null {
  const [from, setFrom] = useState<number | null>(null)
  const newest = useRef<number | null>(null)
  const isPassed = useRef(false)
  const unreadNow = useRef(unread)
  unreadNow.current = unread
  // Another thread is looked at: coming back is opening it again.
  useEffect(
    () => () => {
      newest.current = null
      isPassed.current = false
    },
    [],
  )
  useEffect(() => {
    const last = messages.findLast(message => message.id > 0)?.id
    if (last === undefined) return
    const before = newest.current
    newest.current = Math.max(last, before ?? 0)
    if (before === null) {
      setFrom(firstUnread(messages, unreadNow.current))
      return
    }
    const fresh = messages.filter(message => message.id > before)
    if (fresh.some(message => message.direction === 'out')) setFrom(null)
    const inbound = fresh.find(message => message.direction === 'in')
    if (isReading()) {
      isPassed.current = true
    } else if (inbound) {
      setFrom(held => (held === null || isPassed.current ? inbound.id : held))
      isPassed.current = false
    }
  }, [messages, isReading])
  return from
}
