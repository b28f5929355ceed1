import { useQuery } from '@tanstack/react-query'
import { Users } from 'lucide-react'
import { dashboardQuery } from '@/api/queries'
import type { Dashboard } from '@/api/types'
import { m } from '@/i18n/pages'
import { useConnection } from '@/live'
import { EmptyState, ErrorNote, Note } from '@/ui'
import styles from './Dashboard.module.css'
import { Mine } from './Mine'
import { QueueCard, QueueSkeleton } from './QueueCard'
import { You } from './You'

export default function DashboardPage() {
  // Frames keep the numbers true; which queues are mine, only reading tells.
  const { data, error, refetch } = useQuery({ ...dashboardQuery, refetchOnMount: 'always' })
  const isOffline = useConnection() === 'offline'
  return (
    <div className={styles.page}>
      <title>{`${m.frame_dashboard()} · Pronto`}</title>
      <h1 className={styles.title}>{m.frame_dashboard()}</h1>
      {isOffline && <Note tone="warning">{m.dashboard_offline()}</Note>}
      <You />
      <section className={styles.section}>
        <h2>{m.dashboard_queues()}</h2>
        {error && !isOffline && <ErrorNote error={error} onRetry={() => void refetch()} />}
        {data ? <Queues queues={data.queues} /> : !error && <QueueSkeleton />}
      </section>
      <Mine />
    </div>
  )
}

function Queues({ queues }: Pick<Dashboard, 'queues'>) {
  if (queues.length === 0) {
    return (
      <EmptyState icon={Users} title={m.dashboard_no_queues()}>
        {m.dashboard_no_queues_help()}
      </EmptyState>
    )
  }
  return (
    <ul className={styles.queues}>
      {queues.map(queue => (
        <QueueCard key={queue.id} queue={queue} />
      ))}
    </ul>
  )
}
