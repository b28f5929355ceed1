import type { ReactNode } from 'react'
import { useNow } from '@/lib/clock'
import { millis } from '@/lib/time'
import styles from './Ring.module.css'

interface RingProps {
  startsAt: string
  endsAt: string
  size?: number
  /** Stands in the middle: the seconds, an icon. */
  children?: ReactNode
}

/** Empties as the time runs out, and turns red in the last quarter. Say the seconds in words beside it. */
export function Ring({ startsAt, endsAt, size = 36, children }: RingProps) {
  const now = useNow()
  const end = millis(endsAt)
  const left = Math.min(1, Math.max(0, (end - now) / Math.max(1, end - millis(startsAt))))
  return (
    <span className={styles.ring} style={{ width: size, height: size }}>
      <Arc share={left} size={size} stroke={3} tone={left < 0.25 ? 'danger' : 'accent'} />
      {children && <span className={styles.middle}>{children}</span>}
    </span>
  )
}

interface ArcProps {
  share: number
  size: number
  stroke: number
  tone: 'accent' | 'danger' | 'warning' | 'muted'
}

export function Arc({ share, size, stroke, tone }: ArcProps) {
  const radius = (size - stroke) / 2
  const round = 2 * Math.PI * radius
  return (
    <svg
      className={styles[tone]}
      width={size}
      height={size}
      viewBox={`0 0 ${size} ${size}`}
      aria-hidden="true"
    >
      <circle className={styles.track} cx={size / 2} cy={size / 2} r={radius} strokeWidth={stroke} />
      <circle
        className={styles.arc}
        cx={size / 2}
        cy={size / 2}
        r={radius}
        strokeWidth={stroke}
        strokeDasharray={round}
        strokeDashoffset={round * (1 - share)}
      />
    </svg>
  )
}
