import { EyeOff, SearchX } from 'lucide-react'
import { isProblem } from '@/api/problem'
import { CommandButton } from '@/commands/CommandButton'
import { m } from '@/i18n/pages'
import { cx } from '@/ui/cx'
import { EmptyState } from '@/ui/EmptyState'
import { ErrorNote } from '@/ui/ErrorNote'
import { Skeleton } from '@/ui/Skeleton'
import styles from './Conversation.module.css'
import { useSidebar } from './sidebarState'
import { ThreadSkeleton } from './thread/ThreadSkeleton'

interface AbsentProps {
  id: number
  error: unknown
  /** It was on screen a moment ago, so it is the sight of it that went. */
  wasHere: boolean
  onRetry: () => void
}

/** Not to be shown: it was taken from our sight, never was, or could not be read. */
export function Absent({ id, error, wasHere, onRetry }: AbsentProps) {
  const isRefused = isProblem(error) && (error.status === 404 || error.status === 403)
  if (!isRefused) {
    return (
      <div className={styles.absent}>
        <ErrorNote error={error} onRetry={onRetry} />
      </div>
    )
  }
  const putAway = <CommandButton command="tabs.putAway" />
  if (wasHere) {
    return (
      <EmptyState icon={EyeOff} title={m.conversation_gone_title()} action={putAway}>
        {m.conversation_gone()}
      </EmptyState>
    )
  }
  return (
    <EmptyState icon={SearchX} title={m.conversation_missing_title({ id: String(id) })} action={putAway}>
      {m.conversation_missing()}
    </EmptyState>
  )
}

/** All of it has its place from the start: nothing moves when it comes. */
export function ConversationSkeleton({ id }: { id: number }) {
  const { isOpen } = useSidebar(id)
  return (
    <div className={cx(styles.conversation, isOpen && styles.open)}>
      <div className={styles.main}>
        <div className={styles.headerSkeleton}>
          <Skeleton width={32} height={32} round />
          <Skeleton width={180} height={16} />
        </div>
        <ThreadSkeleton />
        <div className={styles.composerSkeleton} />
      </div>
      {isOpen && <aside className={styles.sidebar} />}
    </div>
  )
}
