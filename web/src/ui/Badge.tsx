import { locale } from '@/i18n'
import styles from './Badge.module.css'
import { cx } from './cx'

interface Props {
  count: number
  /** What is counted, for screen readers: "3 unread". */
  label: string
  tone?: 'danger' | 'accent' | 'muted'
}

/** A count; nothing at zero. */
export function Badge({ count, label, tone = 'danger' }: Props) {
  if (count <= 0) return null
  return (
    <span className={cx(styles.badge, styles[tone])}>
      <span aria-hidden="true">{count > 99 ? '99+' : count.toLocaleString(locale())}</span>
      <span className="visually-hidden">{label}</span>
    </span>
  )
}
