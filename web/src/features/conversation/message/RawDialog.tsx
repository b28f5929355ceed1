import { useQuery } from '@tanstack/react-query'
import { api } from '@/api/client'
import type { Message } from '@/api/types'
import { m } from '@/i18n/pages'
import { CopyButton } from '@/ui/CopyButton'
import { Dialog } from '@/ui/Dialog'
import { ErrorNote } from '@/ui/ErrorNote'
import { Skeleton } from '@/ui/Skeleton'
import styles from './RawDialog.module.css'

/** What the provider delivered, to the letter. */
export default function RawDialog({ message, onClose }: { message: Message; onClose: () => void }) {
  const raw = useQuery({
    queryKey: ['raw', message.id],
    queryFn: ({ signal }) => api.get<{ raw: string }>(`/messages/${message.id}/raw`, { signal }),
  })
  const text = raw.data && indented(raw.data.raw)
  return (
    <Dialog title={m.conversation_raw_title()} size="large" isOpen onOpenChange={onClose}>
      {raw.isError && <ErrorNote error={raw.error} onRetry={() => void raw.refetch()} />}
      {raw.isPending && <Skeleton height={120} />}
      {text && (
        <div className={styles.raw}>
          <CopyButton text={text} label={m.conversation_copy_text()} />
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keys */}
          <pre tabIndex={0}>{text}</pre>
        </div>
      )}
    </Dialog>
  )
}

function indented(raw: string): string {
  try {
    return JSON.stringify(JSON.parse(raw), null, 2)
  } catch {
    return raw
  }
}
