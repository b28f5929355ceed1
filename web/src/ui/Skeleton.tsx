import styles from './Skeleton.module.css'

interface Props {
  /** Like what it stands for, so that nothing moves when that arrives. */
  width?: number | string
  height?: number
  round?: boolean
}

/** Appears only after 150 ms. Put `aria-busy` on what holds it. */
export function Skeleton({ width = '100%', height = 12, round = false }: Props) {
  return (
    <span
      className={styles.skeleton}
      style={{ width, height, borderRadius: round ? '50%' : undefined }}
      aria-hidden="true"
    />
  )
}

/** Rows of two lines with a round picture, as in the list of interactions. */
export function SkeletonRows({ count = 8 }: { count?: number }) {
  return (
    <div aria-hidden="true">
      {Array.from({ length: count }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows that stand for nothing have no other key
        <div className={styles.row} key={index}>
          <Skeleton width={32} height={32} round />
          <div className={styles.lines}>
            <Skeleton width={`${40 + ((index * 17) % 30)}%`} />
            <Skeleton width={`${60 + ((index * 23) % 35)}%`} height={10} />
          </div>
        </div>
      ))}
    </div>
  )
}
