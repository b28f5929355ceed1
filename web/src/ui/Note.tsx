import { CircleAlert, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx } from './cx'
import styles from './Note.module.css'

const icons = { danger: CircleAlert, warning: TriangleAlert, info: Info }

interface Props {
  tone?: 'danger' | 'warning' | 'info'
  action?: ReactNode
  children: ReactNode
}

/** A remark that stays where it is said. */
export function Note({ tone = 'info', action, children }: Props) {
  const Icon = icons[tone]
  return (
    <div className={cx(styles.note, styles[tone])} role={tone === 'danger' ? 'alert' : undefined}>
      <Icon size={16} strokeWidth={1.75} aria-hidden="true" />
      <div className={styles.words}>{children}</div>
      {action && <div className={styles.retry}>{action}</div>}
    </div>
  )
}
