import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Clock, Pencil, Send, TriangleAlert, X } from 'lucide-react'
import { Suspense, useState } from 'react'
import { problemWords } from '@/api/problem'
import { scheduledQuery } from '@/api/queries'
import type { Scheduled } from '@/api/types'
import { useSession } from '@/features/signin/session'
import { m } from '@/i18n/pages'
import { useNow } from '@/lib/clock'
import { comingTime, millis } from '@/lib/time'
import { cx } from '@/ui/cx'
import { IconButton } from '@/ui/IconButton'
import { later } from '@/ui/later'
import { toast } from '@/ui/toasts'
import { cancel, change, sendNow } from './acts'
import styles from './Later.module.css'
import { reasonWords } from './words'

const LaterDialog = later(() => import('./LaterDialog'))

interface Props {
  interactionId: number
  /** Whether it is read yet; what is held is shown before. */
  isRead?: boolean
}

/** What goes out later from this conversation, and what could not: over the box, and in the sidebar. */
export function Later({ interactionId, isRead = true }: Props) {
  const { data = [] } = useQuery({ ...scheduledQuery(interactionId), enabled: isRead })
  if (data.length === 0) return null
  return (
    <ul className={styles.later} aria-label={m.later_list()}>
      {data.map(one => (
        <Item key={one.id} one={one} />
      ))}
    </ul>
  )
}

function Item({ one }: { one: Scheduled }) {
  const client = useQueryClient()
  const { user } = useSession()
  const [isEdited, setEdited] = useState(false)
  const [isPending, setPending] = useState(false)
  const hasFailed = one.state === 'failed'
  const Icon = hasFailed ? TriangleAlert : Clock
  const run = async (act: () => Promise<void>) => {
    setPending(true)
    try {
      await act()
    } catch (error) {
      toast(problemWords(error), { tone: 'danger' })
    } finally {
      setPending(false)
    }
  }
  const time = comingTime(millis(one.due_at), useNow(60_000))
  return (
    <li className={cx(styles.item, hasFailed && styles.failed)}>
      <Icon size={16} strokeWidth={1.75} aria-hidden="true" />
      <div className={styles.words}>
        <span className={styles.when}>
          {hasFailed ? m.later_was_due({ time }) : m.later_due({ time })}
          {one.author.id !== user.id && ` · ${one.author.name}`}
        </span>
        <span className={styles.text}>{one.text}</span>
        {hasFailed && <span role="status">{reasonWords(one.reason)}</span>}
      </div>
      {one.may_edit && (
        <>
          <IconButton
            size="small"
            icon={Pencil}
            label={hasFailed ? m.later_again() : m.later_edit()}
            onPress={() => setEdited(true)}
          />
          <IconButton
            size="small"
            icon={Send}
            label={m.later_send_now()}
            isDisabled={isPending}
            onPress={() => void run(() => sendNow(client, one))}
          />
        </>
      )}
      {one.may_cancel && (
        <IconButton
          size="small"
          icon={X}
          label={hasFailed ? m.later_discard() : m.later_cancel()}
          isDisabled={isPending}
          onPress={() => void run(() => cancel(client, one))}
        />
      )}
      {isEdited && (
        <Suspense>
          <LaterDialog
            interactionId={one.interaction_id}
            title={m.later_edit()}
            initial={{
              text: one.text,
              unlessWritten: one.unless_written,
              // A time that is past is chosen anew.
              ...(hasFailed ? {} : { dueAt: millis(one.due_at) }),
            }}
            onSave={planned => change(client, one, planned)}
            onClose={() => setEdited(false)}
          />
        </Suspense>
      )}
    </li>
  )
}
