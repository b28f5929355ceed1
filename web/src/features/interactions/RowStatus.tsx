import type { Interaction } from '@/api/types'
import { useNow } from '@/lib/clock'
import { duration, hour, millis, minute } from '@/lib/time'
import { Avatar } from '@/ui/Avatar'
import { cx } from '@/ui/cx'
import styles from './Row.module.css'
import { stateWords } from './words'

const longWait = 5 * minute

/** Who has it, or what it waits for. */
export function RowStatus({ interaction }: { interaction: Interaction }) {
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
