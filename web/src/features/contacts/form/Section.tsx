import type { ReactNode } from 'react'
import styles from './Form.module.css'

/** Fields that belong together, as wide as there is room. */
export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={styles.section}>
      <h2>{title}</h2>
      {children}
    </section>
  )
}
