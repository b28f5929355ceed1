import { Check, CheckCheck, CircleAlert, CircleHelp, Clock3, type LucideIcon } from 'lucide-react'
import type { MessageStatus } from '@/api/types'
import { m } from '@/i18n'
import { cx } from '@/ui/cx'
import styles from './Tick.module.css'

const icons: Record<MessageStatus, LucideIcon> = {
  queued: Clock3,
  accepted: Check,
  sent: Check,
  delivered: CheckCheck,
  read: CheckCheck,
  played: CheckCheck,
  failed: CircleAlert,
  unknown: CircleHelp,
}

/** How far a message of ours has come, drawn as the phone draws it. */
export function Tick({ status, size = 16 }: { status: MessageStatus | null; size?: 14 | 16 }) {
  if (!status) return null
  const Icon = icons[status]
  const words = tickWords(status)
  return (
    <span className={cx(styles.tick, styles[status])} title={words}>
      <Icon size={size} aria-hidden="true" />
      <span className="visually-hidden">{words}</span>
    </span>
  )
}

export function tickWords(status: MessageStatus): string {
  switch (status) {
    case 'queued':
      return m.conversation_tick_queued()
    case 'accepted':
    case 'sent':
      return m.conversation_tick_sent()
    case 'delivered':
      return m.conversation_tick_delivered()
    case 'read':
      return m.conversation_tick_read()
    case 'played':
      return m.conversation_tick_played()
    case 'failed':
      return m.conversation_tick_failed()
    case 'unknown':
      return m.conversation_tick_unknown()
  }
}
