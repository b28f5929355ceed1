import { RotateCcw } from 'lucide-react'
import type { Interaction } from '@/api/types'
import { m } from '@/i18n'
import { useNow } from '@/lib/clock'
import { dateAndTime, duration, hour, millis, minute } from '@/lib/time'
import { Avatar } from '@/ui/Avatar'
import { cx } from '@/ui/cx'
import { ListTime } from '@/ui/Time'
import styles from './Row.module.css'
import { stateWords } from './words'

const longWait = 5 * minute

/** Who has it, or what it waits for; and since when it is open again. */
export function RowStatus({ interaction }: { interaction: Interaction }) {
  const { state, reopened_at: reopenedAt } = interaction
  return (
    <>
      {reopenedAt && state !== 'closed' && <Reopened at={reopenedAt} />}
      <Standing interaction={interaction} />
    </>
  )
}

function Reopened({ at }: { at: string }) {
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
      <span className={styles.owner} title={stateWords(interaction, '')}>
        <Avatar name={owner.name} size={20} />
        <span className="visually-hidden">{stateWords(interaction, '')}</span>
      </span>
    )
  }
  return <span className={cx(styles.state, styles[state])}>{stateWords(interaction, '')}</span>
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
