import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { History } from 'lucide-react'
import { journeyQuery } from '@/api/queries'
import type { JourneyEntry } from '@/api/types'
import { lastSearch } from '@/features/interactions/navigation'
import { stateWords } from '@/features/interactions/words'
import { m } from '@/i18n/pages'
import { plainText } from '@/lib/text'
import { dateAndTime, millis } from '@/lib/time'
import { Button } from '@/ui/Button'
import { EmptyState } from '@/ui/EmptyState'
import { ErrorNote } from '@/ui/ErrorNote'
import { Pill } from '@/ui/Pill'
import { DateTime } from '@/ui/Time'
import { FactsSkeleton } from './Facts'
import styles from './Sidebar.module.css'

/** Every interaction with this customer, newest first. */
export function JourneyPanel({ interactionId }: { interactionId: number }) {
  const query = useInfiniteQuery(journeyQuery(interactionId))
  const entries = query.data?.pages.flatMap(page => page.items)
  if (query.error && !entries) {
    return (
      <div className={styles.pane}>
        <ErrorNote error={query.error} onRetry={() => void query.refetch()} />
      </div>
    )
  }
  if (!entries) return <FactsSkeleton />
  if (entries.length === 0) return <EmptyState icon={History} title={m.sidebar_journey_none()} />
  return (
    <div className={styles.journey}>
      <ol>
        {entries.map(entry => (
          <li key={entry.id}>
            <Entry entry={entry} isHere={entry.id === interactionId} />
          </li>
        ))}
      </ol>
      {query.isFetchNextPageError && <ErrorNote error={query.error} />}
      {query.hasNextPage && (
        <Button
          size="small"
          className={styles.older ?? ''}
          isPending={query.isFetchingNextPage}
          onPress={() => void query.fetchNextPage()}
        >
          {m.sidebar_journey_more()}
        </Button>
      )}
    </div>
  )
}

function Entry({ entry, isHere }: { entry: JourneyEntry; isHere: boolean }) {
  const inside = (
    <>
      <span className={styles.entryHead}>
        <DateTime at={entry.started_at} />
        <Pill>{entry.account.key}</Pill>
        {isHere && <Pill tone="accent">{m.sidebar_journey_here()}</Pill>}
      </span>
      <span className={styles.entryState}>
        #{entry.id} · {stateWords(entry, '')}
        {entry.closed_at && ` · ${m.sidebar_journey_until({ date: dateAndTime(millis(entry.closed_at)) })}`}
      </span>
      <span className={styles.entryPreview}>
        {entry.preview === null ? m.sidebar_journey_hidden() : plainText(entry.preview)}
      </span>
    </>
  )
  if (!entry.may_open || isHere) {
    return (
      <div className={styles.entry} aria-current={isHere || undefined}>
        {inside}
      </div>
    )
  }
  return (
    <Link
      to="/interactions/$interactionId"
      params={{ interactionId: entry.id }}
      search={lastSearch()}
      className={styles.entry}
    >
      {inside}
    </Link>
  )
}
