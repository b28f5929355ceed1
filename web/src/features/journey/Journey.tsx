import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { History } from 'lucide-react'
import { useState } from 'react'
import type { JourneyOf } from '@/api/keys'
import { accountsQuery, journeyQuery } from '@/api/queries'
import { m } from '@/i18n/pages'
import { now } from '@/lib/clock'
import { Button } from '@/ui/Button'
import { EmptyState } from '@/ui/EmptyState'
import { ErrorNote } from '@/ui/ErrorNote'
import { Select } from '@/ui/Select'
import { Skeleton } from '@/ui/Skeleton'
import { Switch } from '@/ui/Switch'
import { Entry } from './Entry'
import styles from './Journey.module.css'
import { byMonth } from './months'
import { isBackwards, type Period, recent, within } from './period'

interface Props {
  of: JourneyOf
  /** The one that is on screen beside it. */
  hereId?: number
}

interface View {
  period: Period
  account: number | null
  details: boolean
}

// Kept while one goes from tab to tab: who looks far back looks far back at the next one too.
let lastView: View = { period: recent, account: null, details: false }

/** Every interaction with a customer, newest first, under their months. */
export default function Journey({ of, hereId }: Props) {
  const [view, setView] = useState(lastView)
  const change = (part: Partial<View>) => {
    lastView = { ...view, ...part }
    setView(lastView)
  }
  const { period, account } = view
  const query = useInfiniteQuery({
    ...journeyQuery(of, { ...within(period, now()), account: account ?? undefined }),
    enabled: !isBackwards(period),
  })
  const entries = query.data?.pages.flatMap(page => page.items)
  return (
    <section className={styles.journey} aria-label={m.journey_label()}>
      <Narrowing view={view} onChange={change} />
      {query.error && !entries && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isLoading && <JourneySkeleton />}
      {entries?.length === 0 && !query.hasNextPage && (
        <EmptyState
          icon={History}
          title={m.journey_none()}
          action={
            (period.kind !== 'all' || account !== null) && (
              <Button
                size="small"
                onPress={() => change({ period: { ...recent, kind: 'all' }, account: null })}
              >
                {m.journey_show_all()}
              </Button>
            )
          }
        />
      )}
      {byMonth(entries ?? []).map(month => (
        <section key={month.id} aria-labelledby={`month-${month.id}`}>
          <h3 id={`month-${month.id}`} className={styles.month}>
            {month.label}
          </h3>
          <ol className={styles.entries}>
            {month.entries.map(entry => (
              <li key={entry.id}>
                <Entry entry={entry} isHere={entry.id === hereId} showDetails={view.details} />
              </li>
            ))}
          </ol>
        </section>
      ))}
      {query.isFetchNextPageError && <ErrorNote error={query.error} />}
      {query.hasNextPage && (
        <Button
          size="small"
          className={styles.older ?? ''}
          isPending={query.isFetchingNextPage}
          onPress={() => void query.fetchNextPage()}
        >
          {m.journey_more()}
        </Button>
      )}
    </section>
  )
}

function Narrowing({ view, onChange }: { view: View; onChange: (part: Partial<View>) => void }) {
  const { period, account, details } = view
  const { data: accounts = [] } = useQuery(accountsQuery)
  const options = [
    { id: 0, label: m.journey_accounts_all() },
    ...accounts.map(({ id, key, name }) => ({ id, label: key, description: name })),
  ]
  return (
    <div className={styles.narrowing}>
      <div className={styles.row}>
        <Select
          label={m.journey_period()}
          hideLabel
          size="small"
          className={styles.grow ?? ''}
          options={[
            { id: 'recent', label: m.journey_recent() },
            { id: 'all', label: m.journey_all() },
            { id: 'custom', label: m.journey_custom() },
          ]}
          value={period.kind}
          onChange={kind => onChange({ period: { ...period, kind } })}
        />
        {accounts.length > 1 && (
          <Select
            label={m.journey_account()}
            hideLabel
            size="small"
            options={options}
            value={options.some(({ id }) => id === account) ? account : 0}
            onChange={id => onChange({ account: id || null })}
          />
        )}
      </div>
      {period.kind === 'custom' && (
        <div className={styles.row}>
          <Day
            label={m.journey_from()}
            value={period.from}
            max={period.to}
            onChange={from => onChange({ period: { ...period, from } })}
          />
          <Day
            label={m.journey_to()}
            value={period.to}
            min={period.from}
            onChange={to => onChange({ period: { ...period, to } })}
          />
        </div>
      )}
      <Switch
        label={m.journey_details()}
        isSelected={details}
        onChange={isOn => onChange({ details: isOn })}
      />
    </div>
  )
}

interface DayProps {
  label: string
  value: string
  min?: string
  max?: string
  onChange: (day: string) => void
}

function Day({ label, value, min, max, onChange }: DayProps) {
  const isWrong = value !== '' && ((min ? value < min : false) || (max ? value > max : false))
  return (
    <label className={styles.day}>
      {label}
      <input
        type="date"
        value={value}
        min={min}
        max={max}
        aria-invalid={isWrong || undefined}
        onChange={event => onChange(event.target.value)}
      />
    </label>
  )
}

function JourneySkeleton() {
  return (
    <div className={styles.skeleton} aria-busy="true">
      <span className="visually-hidden">{m.ui_loading()}</span>
      {[70, 54, 62, 48].map(width => (
        <div key={width}>
          <Skeleton width={`${width}%`} height={14} />
          <Skeleton width="88%" />
        </div>
      ))}
    </div>
  )
}
