import { useQuery } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import type { ArchiveExtent } from '@/api/types'
import { m } from '@/i18n/pages'
import { bytes } from '@/lib/bytes'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { ErrorNote } from '@/ui/ErrorNote'
import { Note } from '@/ui/Note'
import { RadioGroup } from '@/ui/RadioGroup'
import { Skeleton } from '@/ui/Skeleton'
import { toast } from '@/ui/toasts'
import { BrokeOff, fetchArchive, saveBlob } from './download'
import styles from './Record.module.css'

type Choice = 'with' | 'without'

/** An interaction as a ZIP: with or without its files, and how far it has come. Closing it gives it up. */
export default function DownloadDialog({ id, onClose }: { id: number; onClose: () => void }) {
  const extent = useQuery({
    queryKey: keys.archive(id),
    queryFn: ({ signal }) => api.get<ArchiveExtent>(`/interactions/${id}/archive/extent`, { signal }),
    staleTime: 0,
    gcTime: 0,
  })
  const [choice, setChoice] = useState<Choice>('with')
  const [received, setReceived] = useState<number | null>(null)
  const [error, setError] = useState<unknown>(null)
  const running = useRef<AbortController>(null)
  useEffect(() => () => running.current?.abort(), [])
  const known = extent.data
  const withFiles = choice === 'with' && known !== undefined && known.files > 0
  const start = async () => {
    const stop = new AbortController()
    running.current = stop
    setError(null)
    setReceived(0)
    try {
      const blob = await fetchArchive(id, {
        attachments: withFiles,
        signal: stop.signal,
        onProgress: setReceived,
      })
      saveBlob(blob, `interaction-${id}.zip`)
      toast(m.record_done({ id: String(id) }), { tone: 'success' })
      onClose()
    } catch (problem) {
      if (stop.signal.aborted) return
      setError(problem)
      setReceived(null)
    }
  }
  return (
    <Dialog
      title={m.record_title({ id: String(id) })}
      isOpen
      onOpenChange={onClose}
      size="small"
      footer={
        <Button
          variant="primary"
          icon={Download}
          isPending={received !== null}
          isDisabled={!known}
          onPress={() => void start()}
        >
          {m.record_start()}
        </Button>
      }
    >
      <div className={styles.body}>
        {extent.isError && <ErrorNote error={extent.error} onRetry={() => void extent.refetch()} />}
        {extent.isPending && <Skeleton height={96} />}
        {known && (
          <>
            <RadioGroup
              label={m.record_what()}
              isDisabled={received !== null || known.files === 0}
              options={[
                {
                  id: 'with',
                  label: m.record_with(),
                  description:
                    known.files > 0 ? m.record_with_help({ size: bytes(known.bytes) }) : m.record_none(),
                },
                { id: 'without', label: m.record_without(), description: m.record_without_help() },
              ]}
              value={known.files > 0 ? choice : 'without'}
              onChange={setChoice}
            />
            {known.missing > 0 && <Note tone="warning">{m.record_missing({ count: known.missing })}</Note>}
            <p className={styles.remark}>
              {known.notes ? m.record_notes() : m.record_no_notes()} {m.record_written_down()}
            </p>
          </>
        )}
        {received !== null && <Progress received={received} total={withFiles ? known.bytes : null} />}
        {error instanceof BrokeOff ? (
          <Note tone="danger">{m.record_broke()}</Note>
        ) : (
          error !== null && <ErrorNote error={error} />
        )}
      </div>
    </Dialog>
  )
}

/** The files say how large it becomes; the transcript, and what a ZIP has around them, come on top. */
function Progress({ received, total }: { received: number; total: number | null }) {
  const words =
    total === null
      ? m.record_progress_unknown({ received: bytes(received) })
      : m.record_progress({ received: bytes(received), total: bytes(Math.max(total, received)) })
  return (
    <div className={styles.progress}>
      <progress
        aria-label={m.record_label()}
        aria-valuetext={words}
        max={total === null ? undefined : Math.max(total, received, 1)}
        value={total === null ? undefined : received}
      />
      <p className={styles.remark}>{words}</p>
    </div>
  )
}
