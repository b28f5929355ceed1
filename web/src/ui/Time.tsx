// Times that keep themselves right. All tick from one clock and use tabular numerals, so nothing beside them moves.
import { now as currentTime, useNow } from '@/lib/clock'
import { dateAndTime, fullTime, listTime, millis, minute, relative, timeOfDay, timer } from '@/lib/time'

interface At {
  at: string
}

/** Counts up: how long somebody has waited, been in a state. */
export function Elapsed({ since }: { since: string }) {
  const now = useNow()
  return <time dateTime={since}>{timer(now - millis(since))}</time>
}

/** Counts down to zero. */
export function Countdown({ until }: { until: string }) {
  const now = useNow()
  return <time dateTime={until}>{timer(millis(until) - now)}</time>
}

/** "3 min ago". */
export function RelativeTime({ at }: At) {
  useNow(currentTime() - millis(at) < minute ? 1_000 : minute)
  return (
    <time dateTime={at} title={fullTime(millis(at))}>
      {relative(millis(at), currentTime())}
    </time>
  )
}

/** The time today, then yesterday, the weekday, the date. */
export function ListTime({ at }: At) {
  const now = useNow(minute)
  return (
    <time dateTime={at} title={fullTime(millis(at))}>
      {listTime(millis(at), now)}
    </time>
  )
}

/** 10:42 */
export function TimeOfDay({ at }: At) {
  return (
    <time dateTime={at} title={fullTime(millis(at))}>
      {timeOfDay(millis(at))}
    </time>
  )
}

/** 22 Nov 2026, 10:42 */
export function DateTime({ at }: At) {
  return (
    <time dateTime={at} title={fullTime(millis(at))}>
      {dateAndTime(millis(at))}
    </time>
  )
}
