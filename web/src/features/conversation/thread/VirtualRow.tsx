import { memo } from 'react'
import { m } from '@/i18n/pages'
import { useNow } from '@/lib/clock'
import { dayLabel, hour } from '@/lib/time'
import { MessageRow } from '../message/MessageRow'
import type { ThreadRow } from './rows'
import styles from './Thread.module.css'

export const VirtualRow = memo(function VirtualRow({
  row,
  isFlashed,
}: {
  row: ThreadRow
  isFlashed: boolean
}) {
  switch (row.kind) {
    case 'day':
      return <Day at={row.at} />
    case 'unread':
      return (
        // biome-ignore lint/a11y/useSemanticElements: a rule has no words
        <div className={styles.unread} role="separator" aria-label={m.conversation_unread_here()}>
          <span aria-hidden="true">{m.conversation_unread_here()}</span>
        </div>
      )
    case 'message':
      return (
        <MessageRow message={row.message} isFirst={row.isFirst} isLast={row.isLast} isFlashed={isFlashed} />
      )
  }
})

export function Day({ at }: { at: number }) {
  const now = useNow(hour)
  return (
    <div className={styles.day}>
      <span>{dayLabel(at, now)}</span>
    </div>
  )
}
