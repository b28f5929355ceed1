import { type ErrorComponentProps, useRouter } from '@tanstack/react-router'
import { Compass, Lock } from 'lucide-react'
import { isProblem, problemWords } from '@/api/problem'
import { m } from '@/i18n'
import { NotDownloaded } from '@/lib/downloaded'
import { EmptyState } from '@/ui/EmptyState'
import { ErrorNote } from '@/ui/ErrorNote'
import { Skeleton } from '@/ui/Skeleton'
import styles from './RouteStates.module.css'

export function RoutePending() {
  return (
    <div className={styles.state} aria-busy="true">
      <span className="visually-hidden">{m.ui_loading()}</span>
      <Skeleton width={180} height={20} />
      <Skeleton width="60%" />
      <Skeleton width="72%" />
      <Skeleton width="48%" />
    </div>
  )
}

export function RouteError({ error, reset }: ErrorComponentProps) {
  const router = useRouter()
  if (isProblem(error) && error.status === 403) {
    return (
      <EmptyState icon={Lock} title={problemWords(error)}>
        <a href="/">{m.frame_not_found_home()}</a>
      </EmptyState>
    )
  }
  return (
    <div className={styles.state}>
      <ErrorNote
        error={error}
        onRetry={() => {
          // The router keeps a part that it could not get for ever; what was written is kept.
          if (error instanceof NotDownloaded) location.reload()
          reset()
          void router.invalidate()
        }}
      />
    </div>
  )
}

export function NotFound() {
  return (
    <EmptyState icon={Compass} title={m.frame_not_found()}>
      <a href="/">{m.frame_not_found_home()}</a>
    </EmptyState>
  )
}
