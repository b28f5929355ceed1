import { m } from '@/i18n'
import { Skeleton } from '@/ui/Skeleton'
import styles from './Thread.module.css'

const bubbles = [
  ['start', 240, 60],
  ['start', 320, 38],
  ['end', 280, 60],
  ['start', 180, 38],
  ['end', 340, 82],
] as const

/** Bubbles to be, at the foot where the newest will stand. */
export function ThreadSkeleton() {
  return (
    <div className={styles.skeleton} aria-busy="true">
      <span className="visually-hidden">{m.ui_loading()}</span>
      {bubbles.map(([side, width, height]) => (
        <div key={width} style={{ alignSelf: side }}>
          <Skeleton width={width} height={height} />
        </div>
      ))}
    </div>
  )
}
