import type { ReactNode } from 'react'
import { m } from '@/i18n'
import { cx } from '@/ui/cx'
import { Skeleton } from '@/ui/Skeleton'
import styles from './Sidebar.module.css'

export function Facts({ title, children }: { title?: string; children: ReactNode }) {
  return (
    <section className={styles.facts}>
      {title && <h3 className={styles.heading}>{title}</h3>}
      <dl>{children}</dl>
    </section>
  )
}

interface FactProps {
  label: string
  /** It begins with a sign or a switch, not with words. */
  isDrawn?: boolean
  children: ReactNode
}

/** One line: what it is, and what it says. */
export function Fact({ label, isDrawn = false, children }: FactProps) {
  return (
    <div className={cx(styles.fact, isDrawn && styles.drawn)}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}

export function FactsSkeleton() {
  return (
    <div className={styles.facts} aria-busy="true">
      <span className="visually-hidden">{m.ui_loading()}</span>
      {[44, 62, 38, 54, 48, 70].map(width => (
        <div key={width} className={styles.fact}>
          <Skeleton width={64} />
          <Skeleton width={`${width}%`} />
        </div>
      ))}
    </div>
  )
}
