import type { QueueCard as Queue } from '@/api/types'
import { locale } from '@/i18n'
import { m } from '@/i18n/pages'
import { Skeleton } from '@/ui/Skeleton'
import { Elapsed } from '@/ui/Time'
import styles from './Dashboard.module.css'
import { Figure } from './Figure'

/** How a queue stands just now. */
export function QueueCard({ queue }: { queue: Queue }) {
  const rows = { queue: queue.id, state: 'waiting' } as const
  const number = (value: number) => value.toLocaleString(locale())
  return (
    <li className={styles.queue}>
      <h3>{queue.name}</h3>
      <div className={styles.figures}>
        <Figure label={m.dashboard_waiting()} help={m.dashboard_waiting_help()} rows={rows} isLarge>
          {number(queue.waiting)}
        </Figure>
        <Figure label={m.dashboard_longest()} help={m.dashboard_longest_help()} rows={rows}>
          {queue.longest_wait_since ? (
            <Elapsed since={queue.longest_wait_since} />
          ) : (
            <span className={styles.nothing}>{m.dashboard_longest_none()}</span>
          )}
        </Figure>
        <Figure label={m.dashboard_agents()} help={m.dashboard_agents_help()}>
          {m.dashboard_agents_of({ available: number(queue.available), online: number(queue.online) })}
        </Figure>
      </div>
    </li>
  )
}

export function QueueSkeleton() {
  return (
    <ul className={styles.queues} aria-busy="true">
      <li className="visually-hidden">{m.ui_loading()}</li>
      {[1, 2, 3].map(one => (
        <li key={one} className={styles.queue} aria-hidden="true">
          <Skeleton width="40%" height={14} />
          <Skeleton width={48} height={36} />
          <Skeleton width="80%" />
        </li>
      ))}
    </ul>
  )
}
