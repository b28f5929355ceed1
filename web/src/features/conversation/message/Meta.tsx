import type { Message } from '@/api/types'
import { m } from '@/i18n/pages'
import { useNow } from '@/lib/clock'
import { dateAndTime, dayNumber, millis, minute, timeOfDay } from '@/lib/time'
import { TimeOfDay } from '@/ui/Time'
import { useThread } from '../thread/context'
import styles from './Message.module.css'
import { Tick } from './Tick'

const slowDelivery = 30 * minute

/** The last of a group says when; one with something to say always does. */
export function needsMeta(message: Message, isLast: boolean): boolean {
  const { status, edited_at, late, sent_at } = message
  const isUnsettled = status === 'queued' || status === 'failed' || status === 'unknown'
  return isLast || isUnsettled || edited_at !== null || late || sent_at !== null
}

/** When, whether it was edited, and how far it has come. */
export function Meta({ message }: { message: Message }) {
  const { showHistory } = useThread()
  const { at, status, edited_at: editedAt, sent_at: sentAt, late } = message
  return (
    <span className={styles.meta}>
      {sentAt && <span>{sentWords(sentAt, at, late)}</span>}
      {editedAt && (
        <button
          type="button"
          className={styles.edited}
          title={m.conversation_history()}
          onClick={() => showHistory(message)}
        >
          {m.conversation_edited()}
        </button>
      )}
      <TimeOfDay at={at} />
      <Tick status={status} />
      {(status === 'sent' || status === 'accepted') && <SlowDelivery at={at} />}
    </span>
  )
}

function sentWords(sentAt: string, at: string, late: boolean): string {
  const sent = millis(sentAt)
  const time = dayNumber(sent) === dayNumber(millis(at)) ? timeOfDay(sent) : dateAndTime(sent)
  return late ? m.conversation_late({ time }) : m.conversation_sent_at({ time })
}

/** After half an hour it is no longer a matter of moments. */
function SlowDelivery({ at }: { at: string }) {
  const now = useNow(minute)
  if (now - millis(at) < slowDelivery) return null
  return <span>{m.conversation_late_delivery()}</span>
}
