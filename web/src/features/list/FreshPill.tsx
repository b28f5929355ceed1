import { ArrowUp, RefreshCw } from 'lucide-react'
import { m } from '@/i18n'
import { Button } from '@/ui/Button'
import { cx } from '@/ui/cx'
import { tip } from '@/ui/Tooltip'
import styles from './Grid.module.css'

interface Props {
  count: number
  /** Rows are shown that no longer belong. */
  hasLeft: boolean
  /** The command that does it. */
  command: string
  onPress: () => void
}

/** How much has come above what is being read. It lies over the list, so nothing moves when it appears. */
export function FreshPill({ count, hasLeft, command, onPress }: Props) {
  const words = count > 0 ? m.interactions_fresh({ count }) : hasLeft ? m.interactions_refresh() : ''
  return (
    <div className={styles.fresh}>
      {words && (
        <Button
          className={cx(styles.pill, count === 0 && styles.quiet)}
          icon={count > 0 ? ArrowUp : RefreshCw}
          onPress={onPress}
          {...tip({ words: m.interactions_load_new(), command })}
        >
          {words}
        </Button>
      )}
      <span className="visually-hidden" role="status">
        {count > 0 && words}
      </span>
    </div>
  )
}
