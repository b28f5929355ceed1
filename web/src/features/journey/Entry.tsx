import { Link } from '@tanstack/react-router'
import { ChevronDown, ChevronRight, Lock } from 'lucide-react'
import { type ReactNode, useEffect, useId, useState } from 'react'
import type { JourneyEntry } from '@/api/types'
import { lastSearch } from '@/features/interactions/navigation'
import { stateWords } from '@/features/interactions/words'
import { m } from '@/i18n/pages'
import { plainText } from '@/lib/text'
import { dateAndTime, millis } from '@/lib/time'
import { Pill } from '@/ui/Pill'
import { DateTime } from '@/ui/Time'
import styles from './Journey.module.css'

interface Props {
  entry: JourneyEntry
  isHere: boolean
  showDetails: boolean
}

/** One interaction: when it was and how it ended; of those one may open, what it was about and who had it. */
export function Entry({ entry, isHere, showDetails }: Props) {
  const [isOpen, setOpen] = useState(showDetails)
  useEffect(() => setOpen(showDetails), [showDetails])
  const detailsId = useId()
  const { id, account, may_open: mayOpen, preview } = entry
  const Chevron = isOpen ? ChevronDown : ChevronRight
  return (
    <div className={styles.entry} aria-current={isHere || undefined}>
      <div className={styles.head}>
        {mayOpen && !isHere ? (
          <Link
            to="/interactions/$interactionId"
            params={{ interactionId: id }}
            search={lastSearch()}
            className={styles.when}
          >
            <DateTime at={entry.started_at} />
          </Link>
        ) : (
          <span className={styles.when}>
            <DateTime at={entry.started_at} />
          </span>
        )}
        {account && <Pill>{account.key}</Pill>}
        {isHere && <Pill tone="accent">{m.journey_here()}</Pill>}
        {mayOpen && (
          <button
            type="button"
            className={styles.more}
            aria-expanded={isOpen}
            aria-controls={detailsId}
            aria-label={m.journey_details_of({ id: String(id) })}
            title={m.journey_details_of({ id: String(id) })}
            onClick={() => setOpen(!isOpen)}
          >
            <Chevron size={16} aria-hidden="true" />
          </button>
        )}
      </div>
      <p className={styles.outcome}>{outcome(entry)}</p>
      {mayOpen ? (
        preview && <p className={styles.preview}>{plainText(preview)}</p>
      ) : (
        <p className={styles.outcome}>
          <Lock size={12} aria-hidden="true" /> {m.journey_hidden()}
        </p>
      )}
      {mayOpen && (
        <dl id={detailsId} className={styles.details} hidden={!isOpen}>
          {isOpen && <Details entry={entry} />}
        </dl>
      )}
    </div>
  )
}

/** "#12 · Closed · until 22 Nov 2026, 10:42 · Sold › Lamp" */
function outcome(entry: JourneyEntry): string {
  const { id, disposition, closed_at: closedAt } = entry
  return [
    `#${id}`,
    stateWords(entry, ''),
    closedAt && m.journey_until({ date: dateAndTime(millis(closedAt)) }),
    disposition?.path.join(' › '),
  ]
    .filter(Boolean)
    .join(' · ')
}

function Details({ entry }: { entry: JourneyEntry }) {
  const { owner, first_owner: first, queue, disposition, tags, messages } = entry
  const at = (instant: string | null) => instant && <DateTime at={instant} />
  const facts: [string, ReactNode][] = [
    [m.journey_agent(), owner?.name],
    [m.journey_first_agent(), first && first.id !== owner?.id && first.name],
    [m.journey_queue(), queue?.name],
    [m.journey_started(), at(entry.started_at)],
    [m.journey_accepted(), at(entry.accepted_at)],
    [m.journey_reopened(), at(entry.reopened_at)],
    [m.journey_closed(), at(entry.closed_at)],
    [m.journey_disposition(), disposition?.path.join(' › ')],
    [m.journey_tags(), tags.join(', ')],
    [m.journey_messages(), messages === null ? null : String(messages)],
  ]
  return facts
    .filter(([, value]) => Boolean(value))
    .map(([label, value]) => (
      <div key={label}>
        <dt>{label}</dt>
        <dd>{value}</dd>
      </div>
    ))
}
