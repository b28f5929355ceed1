import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { m } from '@/i18n/pages'
import { IconButton } from '@/ui/IconButton'
import styles from './BulkBar.module.css'

interface Props {
  label: string
  count: number
  atMost: number
  onClear: () => void
  /** What may be done with them. */
  children: ReactNode
}

/** Stands over the foot of a list while rows of it are picked. */
export function BulkBar({ label, count, atMost, onClear, children }: Props) {
  return (
    <div className={styles.bar} role="toolbar" aria-label={label}>
      <span className={styles.count} role="status">
        {count < atMost ? m.bulk_count({ count }) : m.bulk_count_most({ count })}
      </span>
      <div className={styles.acts}>{children}</div>
      <IconButton icon={X} size="small" label={m.bulk_clear()} onPress={onClear} />
    </div>
  )
}
