import type { Interaction } from '@/api/types'
import { m } from '@/i18n'
import { Badge } from '@/ui/Badge'
import styles from './Unread.module.css'

type Of = Pick<Interaction, 'unread' | 'marked_unread'>

/** Something came, or somebody wants to come back to it. */
export function isUnread({ unread, marked_unread: isMarked }: Of): boolean {
  return unread > 0 || isMarked
}

/** How many are unread; a dot for what was read and marked as unread. While it is read only the mark is worth saying. */
export function Unread({ of, isRead = false }: { of: Of; isRead?: boolean }) {
  const count = isRead ? 0 : of.unread
  if (count > 0) return <Badge count={count} label={m.interactions_unread({ count })} />
  if (!of.marked_unread) return null
  return (
    <span className={styles.dot} title={m.interactions_marked_unread()}>
      <span className="visually-hidden">{m.interactions_marked_unread()}</span>
    </span>
  )
}
