import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { Bell } from 'lucide-react'
import { useCallback } from 'react'
import { Button } from 'react-aria-components/Button'
import { problemWords } from '@/api/problem'
import { noticesQuery } from '@/api/queries'
import type { Notice } from '@/api/types'
import { askToShow } from '@/features/conversation/thread/asked'
import rail from '@/features/frame/Rail.module.css'
import { m } from '@/i18n/pages'
import { useMedia } from '@/lib/useMedia'
import { Badge } from '@/ui/Badge'
import { Button as TextButton } from '@/ui/Button'
import { cx } from '@/ui/cx'
import { ErrorNote } from '@/ui/ErrorNote'
import { Popover } from '@/ui/Popover'
import { SkeletonRows } from '@/ui/Skeleton'
import { RelativeTime } from '@/ui/Time'
import { toast } from '@/ui/toasts'
import styles from './Notices.module.css'
import { markNoticesRead } from './notices'
import { showNotices, useNoticesOpen } from './state'
import { useArrivals } from './useArrivals'
import { noticeWords } from './words'

/** The bell: how much is unread, and the list of what one was told. */
export default function NoticeBell() {
  const client = useQueryClient()
  const router = useRouter()
  const { data: notices, error } = useQuery(noticesQuery)
  const isOpen = useNoticesOpen()
  // There the rail lies at the foot.
  const isAtFoot = useMedia('(max-width: 600px)')
  const unread = (notices ?? []).filter(one => !one.read_at)
  const read = useCallback(
    (ids: readonly number[]) =>
      void markNoticesRead(client, ids).catch(problem => toast(problemWords(problem), { tone: 'danger' })),
    [client],
  )
  const open = useCallback(
    (notice: Notice) => {
      read([notice.id])
      showNotices(false)
      if (!notice.interaction?.customer) return
      const { id } = notice.interaction
      if (notice.params.message) askToShow(id, Number(notice.params.message))
      void router.navigate({ to: `/interactions/${id}` })
    },
    [read, router],
  )
  useArrivals(notices, open)
  const label = m.notices_title()
  return (
    <Popover
      label={label}
      placement={isAtFoot ? 'top' : 'right bottom'}
      isOpen={isOpen}
      onOpenChange={showNotices}
      className={styles.popover ?? ''}
      trigger={
        <Button
          className={cx(rail.button, styles.bell)}
          aria-label={unread.length > 0 ? m.notices_title_unread({ count: unread.length }) : label}
        >
          <Bell size={20} strokeWidth={1.75} aria-hidden="true" />
          <span className={styles.count} aria-hidden="true">
            <Badge count={unread.length} label="" />
          </span>
        </Button>
      }
    >
      <header className={styles.head}>
        <h2 className={styles.title}>{label}</h2>
        {unread.length > 0 && (
          <TextButton size="small" variant="quiet" onPress={() => read(unread.map(({ id }) => id))}>
            {m.notices_read_all()}
          </TextButton>
        )}
      </header>
      {error ? (
        <ErrorNote error={error} />
      ) : notices ? (
        <List notices={notices} onOpen={open} />
      ) : (
        <SkeletonRows count={3} />
      )}
    </Popover>
  )
}

function List({ notices, onOpen }: { notices: readonly Notice[]; onOpen: (notice: Notice) => void }) {
  if (notices.length === 0) return <p className={styles.none}>{m.notices_none()}</p>
  return (
    <ul className={styles.list}>
      {notices.map(one => (
        <li key={one.id}>
          <button
            type="button"
            className={cx(styles.notice, !one.read_at && styles.unread)}
            onClick={() => onOpen(one)}
          >
            <span className={styles.words}>
              {!one.read_at && <span className="visually-hidden">{m.notices_unread()} </span>}
              {noticeWords(one)}
            </span>
            <span className={styles.facts}>
              {one.interaction && `#${one.interaction.id} · `}
              <RelativeTime at={one.at} />
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}
