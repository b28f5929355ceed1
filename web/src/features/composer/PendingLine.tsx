import { m } from '@/i18n/pages'
import { useConnection } from '@/live'
import { Button } from '@/ui/Button'
import { refusal } from './bubble'
import { Progress } from './files/Progress'
import { useUpload } from './files/uploads'
import { mayTakeBack } from './outbox'
import styles from './PendingLine.module.css'
import { outbox, putBack, usePendingEntry } from './sending'

/** Under a bubble that is not sent yet: what it waits for, or why it was refused and what can be done. */
export function PendingLine({ clientId }: { clientId: string | null }) {
  const entry = usePendingEntry(clientId)
  const connection = useConnection()
  const upload = useUpload(entry?.file?.id)
  if (!entry) return null
  if (entry.state === 'sending') {
    if (upload?.state !== 'uploading') return null
    return (
      <div className={styles.line}>
        <Progress done={upload.done} />
      </div>
    )
  }
  const isRefused = entry.state === 'refused'
  const back = () => {
    const taken = outbox.takeBack(entry.clientId)
    if (taken) putBack(taken.interactionId, [taken])
  }
  return (
    <div className={styles.line} data-refused={isRefused || undefined}>
      <span role={isRefused ? 'alert' : undefined}>
        {isRefused
          ? m.composer_not_sent({ reason: refusal(entry) })
          : connection === 'live'
            ? m.composer_pending_server()
            : m.composer_pending_offline()}
      </span>
      {isRefused && (
        <Button size="small" variant="quiet" onPress={() => outbox.again(entry.clientId)}>
          {m.composer_again()}
        </Button>
      )}
      {mayTakeBack(entry) && (
        <Button size="small" variant="quiet" onPress={back}>
          {m.composer_put_back()}
        </Button>
      )}
    </div>
  )
}
