import { m } from '@/i18n'
import { useNow } from '@/lib/clock'
import { day, duration, hour, millis, minute, timer } from '@/lib/time'
import { cx } from './cx'
import { Arc } from './Ring'
import styles from './Ring.module.css'

interface Props {
  expiresAt: string | null
  size?: number
  /** With the time left in words; otherwise they are for screen readers only. */
  withWords?: boolean
}

/** How much is left of the 24 hours: grey, amber under 2 h, red under 30 min and when closed. */
export function WindowArc({ expiresAt, size = 14, withWords = false }: Props) {
  const end = expiresAt ? millis(expiresAt) : 0
  // Only the last hour is worth a render every second.
  const now = useNow(withWords && end - Date.now() < hour + minute ? 1_000 : minute)
  const left = end - now
  const tone = left < 30 * minute ? 'danger' : left < 2 * hour ? 'warning' : 'muted'
  const words =
    left <= 0 ? m.ui_window_closed() : m.ui_window_left({ time: left < hour ? timer(left) : duration(left) })
  return (
    <span className={cx(styles.window, styles[tone])} title={withWords ? undefined : words}>
      <Arc share={Math.min(1, Math.max(0, left / day))} size={size} stroke={2} tone={tone} />
      <span className={withWords ? undefined : 'visually-hidden'}>{words}</span>
    </span>
  )
}
