import type { Interaction } from '@/api/types'
import { m } from '@/i18n/pages'
import { WindowArc } from '@/ui/WindowArc'
import styles from './Header.module.css'

/** How long one may still write freely. A provider without a window says nothing. */
export function WindowLeft({ window }: { window: Interaction['window'] }) {
  if (!window.open) {
    return (
      <span className={styles.window}>
        <span className={styles.shut}>{m.conversation_window_closed()}</span>
      </span>
    )
  }
  if (!window.expires_at) return null
  return (
    <span className={styles.window}>
      <WindowArc expiresAt={window.expires_at} size={16} withWords />
    </span>
  )
}
