import { useQuery } from '@tanstack/react-query'
import { api } from '@/api/client'
import type { Message, MessageHistory } from '@/api/types'
import { m } from '@/i18n/pages'
import { Formatted } from '@/lib/text'
import { dateAndTime, millis } from '@/lib/time'
import { Dialog } from '@/ui/Dialog'
import { ErrorNote } from '@/ui/ErrorNote'
import { Skeleton } from '@/ui/Skeleton'
import { FileCard } from '../content/FileCard'
import styles from './HistoryDialog.module.css'

/** What a message said before it was edited, or before it was deleted. */
export default function HistoryDialog({ message, onClose }: { message: Message; onClose: () => void }) {
  const history = useQuery({
    queryKey: ['history', message.id, message.version],
    queryFn: ({ signal }) => api.get<MessageHistory>(`/messages/${message.id}/history`, { signal }),
  })
  const isDeleted = message.deleted_at !== null
  const { versions = [], attachments = [] } = history.data ?? {}
  return (
    <Dialog
      title={isDeleted ? m.conversation_original_title() : m.conversation_history_title()}
      isOpen
      onOpenChange={onClose}
    >
      {history.isError && <ErrorNote error={history.error} onRetry={() => void history.refetch()} />}
      {history.isPending && <Skeleton height={80} />}
      <ol className={styles.versions}>
        {versions.map(({ text, at }, index) => (
          <li key={at}>
            <p className={styles.when}>
              {dateAndTime(millis(at))}
              {index === versions.length - 1 && !isDeleted && ` · ${m.conversation_history_now()}`}
            </p>
            {text ? (
              <div className={styles.text} dir="auto">
                <Formatted text={text} />
              </div>
            ) : (
              attachments.length === 0 && <p className={styles.when}>{m.conversation_history_empty()}</p>
            )}
          </li>
        ))}
      </ol>
      {/* As files: what somebody took back is looked at on purpose. */}
      {attachments.map(attachment => (
        <FileCard key={attachment.id} attachment={attachment} />
      ))}
    </Dialog>
  )
}
