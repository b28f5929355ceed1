import { CommandButton } from '@/commands/CommandButton'
import { stateWords } from '@/features/frame/stateWords'
import { useSession } from '@/features/signin/session'
import { locale } from '@/i18n'
import { m } from '@/i18n/pages'
import { useNow } from '@/lib/clock'
import { minute } from '@/lib/time'
import { cx } from '@/ui/cx'
import { StateDot } from '@/ui/StateDot'
import { Elapsed } from '@/ui/Time'
import styles from './Dashboard.module.css'
import { Figure } from './Figure'

/** One's own state and load. */
export function You() {
  const { presence } = useSession()
  const { open, capacity, handled_today: handled, put_off: putOff } = presence
  const today = startOfDay(useNow(minute))
  const number = (value: number) => value.toLocaleString(locale())
  const share = capacity > 0 ? Math.min(1, open / capacity) : 0
  return (
    <section className={cx(styles.section, styles.you)} aria-label={m.dashboard_you()}>
      <Figure label={m.frame_state()} help={m.dashboard_state_help()}>
        <span className={styles.state}>
          <StateDot state={presence.state} />
          {stateWords(presence)}
          <span className={styles.since}>
            {m.dashboard_state_since()} <Elapsed since={presence.since} />
          </span>
        </span>
      </Figure>
      <Figure
        label={m.dashboard_open()}
        help={capacity > 0 ? m.dashboard_open_help() : m.dashboard_open_free_help()}
        rows={{ agent: 'me', state: 'open' }}
      >
        {capacity > 0
          ? m.dashboard_open_of({ open: number(open), capacity: number(capacity) })
          : number(open)}
        {capacity > 0 && (
          <span className={cx(styles.bar, share === 1 && styles.full)} aria-hidden="true">
            <span style={{ width: `${share * 100}%` }} />
          </span>
        )}
      </Figure>
      {putOff > 0 && (
        <Figure
          label={m.dashboard_put_off()}
          help={m.dashboard_put_off_help()}
          rows={{ agent: 'me', state: 'open' }}
        >
          {number(putOff)}
        </Figure>
      )}
      <Figure
        label={m.dashboard_handled()}
        help={m.dashboard_handled_help()}
        rows={{ agent: 'me', state: 'closed', from: today }}
      >
        {number(handled)}
      </Figure>
      <div className={styles.turn}>
        <CommandButton command="frame.available" size="small" variant="primary" />
        <CommandButton command="frame.pause" size="small" />
      </div>
    </section>
  )
}

function startOfDay(now: number): string {
  const date = new Date(now)
  date.setHours(0, 0, 0, 0)
  return date.toISOString()
}
