import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx } from './cx'
import styles from './Pill.module.css'

export type Tone = 'muted' | 'accent' | 'danger' | 'warning' | 'success' | 'note' | 'reopened'

interface Props {
  tone?: Tone
  icon?: LucideIcon
  children: ReactNode
}

/** A state or a tag, in words; the colour only underlines them. */
export function Pill({ tone = 'muted', icon: Icon, children }: Props) {
  return (
    <span className={cx(styles.pill, styles[tone])}>
      {Icon && <Icon size={12} aria-hidden="true" />}
      <span className={styles.words}>{children}</span>
    </span>
  )
}
