import { useQuery } from '@tanstack/react-query'
import { Eye } from 'lucide-react'
import { keys } from '@/api/keys'
import type { Interaction, UserRef } from '@/api/types'
import { Tags, Words } from '@/features/list/cells'
import rowStyles from '@/features/list/Row.module.css'
import styles from '@/features/list/Table.module.css'
import { m } from '@/i18n/pages'
import { useNow } from '@/lib/clock'
import { dateAndTime, duration, hour, millis, minute } from '@/lib/time'
import { Badge } from '@/ui/Badge'
import { cx } from '@/ui/cx'
import { ListTime } from '@/ui/Time'
import { WindowArc } from '@/ui/WindowArc'
import { LastMessage } from '../LastMessage'
import { Reopened } from '../RowStatus'
import { SentimentMark } from '../Sentiment'
import { customerName, stateWords } from '../words'
import type { RowColumn } from './columns'

/** What one column shows of an interaction. */
export function Cell({ column, interaction: one }: { column: RowColumn; interaction: Interaction }) {
  switch (column) {
    case 'id':
      return <span className={styles.number}>{one.id}</span>
    case 'watching':
      return <Watching id={one.id} />
    case 'customer':
      return (
        <>
          <span className={rowStyles.name}>{customerName(one)}</span>
          <Badge count={one.unmanaged} label={m.table_unmanaged({ count: one.unmanaged })} />
        </>
      )
    case 'phone':
      return <span className={styles.number}>{one.phone ?? ''}</span>
    case 'account':
      return <Words title={one.account.name}>{one.account.key}</Words>
    case 'started':
      return <Words>{dateAndTime(millis(one.started_at))}</Words>
    case 'last_message':
      return one.last_message ? (
        <>
          <LastMessage last={one.last_message} />
          <ListTime at={one.last_message.at} />
        </>
      ) : null
    case 'status':
      return <Status one={one} />
    case 'agent':
      return <Words>{one.controller === 'bot' ? m.interactions_filter_bot() : (one.owner?.name ?? '')}</Words>
    case 'first_agent':
      return <Words>{one.first_owner?.name ?? ''}</Words>
    case 'queue':
      return <Words>{one.queue?.name ?? ''}</Words>
    case 'tags':
      return <Tags names={one.tags} />
    case 'sentiment':
      return one.sentiment && <SentimentMark sentiment={one.sentiment} />
    case 'waiting':
      return one.unanswered_since && one.state !== 'closed' ? <Waiting since={one.unanswered_since} /> : null
    case 'window':
      return one.window.expires_at && one.state !== 'closed' ? (
        <WindowArc expiresAt={one.window.open ? one.window.expires_at : null} withWords />
      ) : null
  }
}

/** What it is; closed, how it ended and when; and since when it is open again. */
function Status({ one }: { one: Interaction }) {
  const { state, disposition, closed_at: closedAt, reopened_at: reopenedAt } = one
  if (state === 'closed') {
    const ending = disposition?.path.join(' › ')
    const when = closedAt ? dateAndTime(millis(closedAt)) : ''
    return <Words>{[stateWords(one, ''), ending, when].filter(Boolean).join(' · ')}</Words>
  }
  return (
    <>
      <span className={cx(styles.words, rowStyles[state])}>{stateWords(one, '')}</span>
      {reopenedAt && <Reopened at={reopenedAt} />}
    </>
  )
}

function Waiting({ since }: { since: string }) {
  const now = useNow(minute)
  const waited = Math.max(0, now - millis(since))
  return (
    <span className={styles.number}>{duration(waited < hour ? waited : waited - (waited % minute))}</span>
  )
}

function Watching({ id }: { id: number }) {
  const { data = [] } = useQuery<UserRef[]>({ queryKey: keys.watching(id), enabled: false })
  if (data.length === 0) return null
  const names = data.map(({ name }) => name).join(', ')
  return (
    <span className={styles.watching} title={names}>
      <Eye size={14} aria-hidden="true" />
      <span className={styles.words}>{names}</span>
    </span>
  )
}
