import { cx } from './cx'
import styles from './StateDot.module.css'

interface Props {
  state: 'available' | 'paused' | 'offline'
  /** In pixels. */
  size?: number
}

/** Whether somebody is there, by colour and by shape; the words stand beside it. */
export function StateDot({ state, size = 10 }: Props) {
  return (
    <span
      className={cx(styles.dot, styles[state])}
      style={{ width: size, height: size }}
      aria-hidden="true"
    />
  )
}
