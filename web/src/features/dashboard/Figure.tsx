import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Button } from 'react-aria-components/Button'
import type { InteractionSearch } from '@/features/interactions/search'
import { cx } from '@/ui/cx'
import { tip } from '@/ui/Tooltip'
import styles from './Dashboard.module.css'

interface Props {
  label: string
  /** What the number means; on focus and on hover. */
  help: string
  /** The rows behind it. */
  rows?: InteractionSearch
  isLarge?: boolean
  children: ReactNode
}

/** A number that explains itself. */
export function Figure({ label, help, rows, isLarge = false, children }: Props) {
  const inside = (
    <>
      <span className={styles.label}>{label}</span>
      <span className={cx(styles.value, isLarge && styles.large)}>{children}</span>
    </>
  )
  return rows ? (
    <Link
      to="/interactions"
      search={rows}
      className={cx(styles.figure, styles.link)}
      {...tip({ words: help })}
    >
      {inside}
    </Link>
  ) : (
    <Button className={styles.figure ?? ''} {...tip({ words: help })}>
      {inside}
    </Button>
  )
}
