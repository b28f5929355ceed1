import { ArrowRightLeft, Ban, RotateCcw } from 'lucide-react'
import type { Interaction } from '@/api/types'
import { Snoozed } from '@/features/care/Snoozed'
import styles from '@/features/list/Row.module.css'
import { m } from '@/i18n'
import { useNow } from '@/lib/clock'
import { dateAndTime, duration, hour, millis, minute } from '@/lib/time'
import { Avatar } from '@/ui/Avatar'
import { cx } from '@/ui/cx'
import { ListTime } from '@/ui/Time'
import { stateWords } from './words'

const longWait = 5 * minute

/** Who has it, or what it waits for; and since when it is open again. */
export function RowStatus({ interaction }: { interaction: Interaction }) {
  const { state, reopened_at: reopenedAt, transfer } = interaction
  return (
    <>
      {reopenedAt && state !== 'closed' && <Reopened at={reopenedAt} />}
      {transfer && (
        <span className={styles.transfer} title={m.transfer_pending_row()}>
          <ArrowRightLeft size={12} strokeWidth={2} aria-hidden="true" />
          <span className="visually-hidden">{m.transfer_pending_row()}</span>
        </span>
      )}
      <Standing interaction={interaction} />
    </>
  )
}

/** Since when it is open again. */
export function Reopened({ at }: { at: string }) {
  return (
    <span className={styles.reopened} title={m.interactions_reopened_at({ time: dateAndTime(millis(at)) })}>
      <RotateCcw size={12} strokeWidth={2} aria-hidden="true" />
      <span className="visually-hidden">{m.interactions_reopened()}</span>
      <ListTime at={at} />
    </span>
  )
}

function Standing({ interaction }: { interaction: Interaction }) {
  const { state, owner, waiting_since } = interaction
  if (state === 'waiting' || state === 'offered')
    return <Waiting interaction={interaction} since={waiting_since} />
  if (state === 'active' && owner) {
    return (
      <>
        {interaction.snooze && <Snoozed snooze={interaction.snooze} />}
        <span className={styles.owner} title={stateWords(interaction, '')}>
          <Avatar name={owner.name} size={20} />
          <span className="visually-hidden">{stateWords(interaction, '')}</span>
        </span>
      </>
    )
  }
  return (
    <>
      {interaction.blocked && (
        <span className={styles.blocked} title={m.interactions_blocked()}>
          <Ban size={14} aria-hidden="true" />
          <span className="visually-hidden">{m.interactions_blocked()}</span>
        </span>
      )}
      <Ending interaction={interaction} />
    </>
  )
}

/** How a closed one ended, in its last word; the whole line and when for whoever points at it. */
function Ending({ interaction }: { interaction: Interaction }) {
  const { state, disposition, closed_at: closedAt } = interaction
  const words = stateWords(interaction, '')
  const path = disposition?.path ?? []
  if (state !== 'closed' || !closedAt || path.length === 0) {
    return <span className={cx(styles.state, styles[state])}>{words}</span>
  }
  const title = m.interactions_ended({ path: path.join(' › '), time: dateAndTime(millis(closedAt)) })
  return (
    <span className={cx(styles.state, styles[state])} title={title}>
      <span aria-hidden="true">{path.at(-1)}</span>
      <span className="visually-hidden">{title}</span>
    </span>
  )
}

function Waiting({ interaction, since }: { interaction: Interaction; since: string | null }) {
  const now = useNow(since && Date.now() - millis(since) < minute ? 1_000 : minute)
  const waited = since ? Math.max(0, now - millis(since)) : 0
  const isLong = waited >= longWait
  // Within the hour the seconds say nothing any more.
  const words = since ? duration(waited < hour ? waited : waited - (waited % minute)) : ''
  return (
    <span className={cx(styles.state, styles.waiting, isLong && styles.long)}>
      {stateWords(interaction, words)}
    </span>
  )
}
