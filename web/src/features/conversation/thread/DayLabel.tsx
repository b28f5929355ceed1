import { millis } from '@/lib/time'
import type { ThreadRow } from './rows'
import styles from './Thread.module.css'
import type { Rows } from './useRows'
import { Day } from './VirtualRow'

/** The day of what is on top: it sticks there while its own divider is out of sight. */
export function DayLabel({ rows, virtual }: { rows: readonly ThreadRow[]; virtual: Rows }) {
  // Where nothing can be scrolled, it still begins at the end.
  const isShort = virtual.getTotalSize() <= (virtual.scrollRect?.height ?? 0)
  const offset = isShort ? 0 : (virtual.scrollOffset ?? 0)
  const top = offset > 24 ? virtual.getVirtualItemForOffset(offset) : undefined
  const row = top && rows[top.index]
  const next = top && rows[top.index + 1]
  // Its own divider is there, or about to take its place.
  if (row?.kind !== 'message' || (next?.kind === 'day' && top && top.end - offset < 40)) return null
  return (
    <div className={styles.sticky} aria-hidden="true">
      <Day at={millis(row.message.at)} />
    </div>
  )
}
