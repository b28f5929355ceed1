import type { ReactNode } from 'react'
import { m } from '@/i18n'
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

/** One line: what it is, and what it says. */
export function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={styles.fact}>
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
