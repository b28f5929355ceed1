import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Inbox } from 'lucide-react'
import { interactionListQuery, interactionQuery } from '@/api/queries'
import { customerName, kindWords } from '@/features/interactions/words'
import { useSession } from '@/features/signin/session'
import { m } from '@/i18n/pages'
import { plainText } from '@/lib/text'
import { Avatar, Badge, EmptyState, ErrorNote, ListTime, Pill, SkeletonRows } from '@/ui'
import styles from './Dashboard.module.css'

const shownAtMost = 8
const filter = { agent: 'me', state: 'open' } as const

/** What one has open, the newest first. */
export function Mine() {
  const { data, error, refetch } = useInfiniteQuery(interactionListQuery(filter))
  const ids = data?.pages.flatMap(page => page.ids).slice(0, shownAtMost)
  return (
    <section className={styles.section}>
      <header className={styles.heading}>
        <h2>{m.dashboard_mine()}</h2>
        {ids && ids.length > 0 && (
          <Link to="/interactions" search={filter} className={styles.all}>
            {m.dashboard_mine_all()}
          </Link>
        )}
      </header>
      {error && !ids && <ErrorNote error={error} onRetry={() => void refetch()} />}
      {!ids && !error && (
        <div aria-busy="true">
          <SkeletonRows count={3} />
        </div>
      )}
      {ids?.length === 0 && (
        <EmptyState icon={Inbox} title={m.dashboard_mine_none()}>
          {m.dashboard_mine_none_help()}
        </EmptyState>
      )}
      {ids && ids.length > 0 && (
        <ul className={styles.rows}>
          {ids.map(id => (
            <Row key={id} id={id} />
          ))}
        </ul>
      )}
    </section>
  )
}

function Row({ id }: { id: number }) {
  const { data: one } = useQuery(interactionQuery(id))
  const { user } = useSession()
  // The list also holds what one had first and somebody else has now.
  if (!one || one.owner?.id !== user.id) return null
  const last = one.last_message
  const name = customerName(one)
  return (
    <li>
      <Link
        to="/interactions/$interactionId"
        params={{ interactionId: id }}
        search={filter}
        className={styles.row}
      >
        <Avatar name={name} />
        <span className={styles.rowWords}>
          <span className={styles.rowName}>
            <span>{name}</span>
            <Pill>{one.account.key}</Pill>
          </span>
          <span className={styles.preview}>
            {last ? plainText(last.preview) || kindWords(last.kind) : ''}
          </span>
        </span>
        <span className={styles.rowEnd}>
          {last && <ListTime at={last.at} />}
          <Badge count={one.unread} label={m.dashboard_unread({ count: one.unread })} />
        </span>
      </Link>
    </li>
  )
}
