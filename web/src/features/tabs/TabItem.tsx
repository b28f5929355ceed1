import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { X } from 'lucide-react'
import { memo, Suspense, useRef, useState } from 'react'
import { interactionQuery } from '@/api/queries'
import { lastSearch } from '@/features/interactions/navigation'
import { Unread } from '@/features/interactions/Unread'
import { customerName } from '@/features/interactions/words'
import { useSession } from '@/features/signin/session'
import { m } from '@/i18n'
import { cx } from '@/ui/cx'
import { later } from '@/ui/later'
import { WindowArc } from '@/ui/WindowArc'
import styles from './TabStrip.module.css'

const TabMenu = later(() => import('./TabMenu'))

interface Props {
  id: number
  /** Its place, for Alt+1 to Alt+9. */
  number: number
  isActive: boolean
  onPutAway: (id: number) => void
}

export const TabItem = memo(function TabItem({ id, number, isActive, onPutAway }: Props) {
  // After a reload the tabs are known before the list has brought their rows.
  const { data } = useQuery(interactionQuery(id))
  const name = data ? customerName(data) : m.tabs_unknown({ id: String(id) })
  const hasKey = number <= 9
  const away = useRef<HTMLButtonElement>(null)
  const [isAsking, setAsking] = useState(false)
  const { user } = useSession()
  // What one does not own, and what is closed, has nothing to ask about.
  const isMine = data?.owner?.id === user.id && data.may.close
  return (
    <li className={cx(styles.tab, isActive && styles.active, data?.state === 'closed' && styles.closed)}>
      <Link
        to="/interactions/$interactionId"
        params={{ interactionId: id }}
        search={lastSearch()}
        className={styles.link}
        aria-current={isActive ? 'page' : undefined}
        aria-keyshortcuts={hasKey ? `Alt+${number}` : undefined}
        title={hasKey ? `${name} (Alt+${number})` : name}
        preload={false}
        onAuxClick={event => {
          if (event.button !== 1) return
          event.preventDefault()
          onPutAway(id)
        }}
        onKeyDown={event => {
          if (event.key === 'Delete') onPutAway(id)
        }}
      >
        {data && <span className={styles.account}>{data.account.key}</span>}
        <span className={styles.name}>{name}</span>
        {data?.window.expires_at && data.state !== 'closed' && (
          <WindowArc expiresAt={data.window.open ? data.window.expires_at : null} size={12} />
        )}
        {data && <Unread of={data} isRead={isActive} />}
      </Link>
      <button
        ref={away}
        type="button"
        className={styles.away}
        aria-haspopup={isMine ? 'menu' : undefined}
        // Beside twenty tabs one stop is enough; Delete does it on each of them.
        tabIndex={isActive ? 0 : -1}
        aria-label={m.tabs_put_away_name({ name })}
        title={m.tabs_put_away()}
        onClick={() => (isMine ? setAsking(true) : onPutAway(id))}
      >
        <X size={14} aria-hidden="true" />
      </button>
      {isAsking && away.current && (
        <Suspense>
          <TabMenu
            id={id}
            name={name}
            anchor={away.current}
            onPutAway={onPutAway}
            onClose={() => setAsking(false)}
          />
        </Suspense>
      )}
    </li>
  )
})
