import { AlarmClock, MessageCircleReply } from 'lucide-react'
import type { Interaction } from '@/api/types'
import { m } from '@/i18n'
import { useNow } from '@/lib/clock'
import { dateAndTime, dayNumber, listTime, millis, minute, timeOfDay } from '@/lib/time'
import styles from './Snoozed.module.css'

interface Props {
  snooze: NonNullable<Interaction['snooze']>
  withWords?: boolean
}

/** Put off: until the customer writes, or until a time. */
export function Snoozed({ snooze, withWords = false }: Props) {
  const now = useNow(minute)
  if (snooze.until === null) {
    const words = m.interactions_wait_customer()
    return (
      <span className={styles.snoozed} title={words}>
        <MessageCircleReply size={14} aria-hidden="true" />
        <span className={withWords ? undefined : 'visually-hidden'}>{words}</span>
      </span>
    )
  }
  const at = millis(snooze.until)
  const words = m.interactions_snoozed_until({ time: dateAndTime(at) })
  const short = dayNumber(at) === dayNumber(now) ? timeOfDay(at) : listTime(at, at - 7 * 24 * 60 * minute)
  return (
    <span className={styles.snoozed} title={words}>
      <AlarmClock size={14} aria-hidden="true" />
      <span className="visually-hidden">{words}</span>
      <span aria-hidden="true">{withWords ? words : short}</span>
    </span>
  )
}
