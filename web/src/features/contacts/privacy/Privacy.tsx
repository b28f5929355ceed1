import { useQueryClient } from '@tanstack/react-query'
import { Download, Eraser } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { api, url } from '@/api/client'
import { keys } from '@/api/keys'
import { isProblem } from '@/api/problem'
import type { ContactCard, Erasure } from '@/api/types'
import { BrokeOff, fetchFile, saveBlob } from '@/features/record/download'
import { useSession } from '@/features/signin/session'
import { locale } from '@/i18n'
import { m } from '@/i18n/admin'
import { bytes } from '@/lib/bytes'
import { fullName } from '@/lib/names'
import { Button, Checkbox, DateTime, Dialog, ErrorNote, Note, TextArea, toast } from '@/ui'
import styles from './Privacy.module.css'

/** What a person may ask for: what is kept of them, and that nothing is. */
export default function Privacy({ contact }: { contact: ContactCard }) {
  const { permissions } = useSession().user
  const [isErasing, setErasing] = useState(false)
  const may = permissions.includes('lists.edit') && !contact.merged_into && contact.erased_at === null
  return (
    <>
      {contact.erased_at !== null && (
        <div className={styles.erased}>
          <Note tone="info">
            {m.privacy_erased()} <DateTime at={contact.erased_at} />
          </Note>
        </div>
      )}
      {may && (
        <section className={styles.panel} aria-labelledby="privacy">
          <h2 id="privacy">{m.privacy_title()}</h2>
          <p className={styles.words}>{m.privacy_lead()}</p>
          <div className={styles.tasks}>
            <DataButton contact={contact} />
            <Button variant="danger" icon={Eraser} onPress={() => setErasing(true)}>
              {m.privacy_erase()}
            </Button>
          </div>
        </section>
      )}
      {/* It outlives what it erased, to say what that was. */}
      {isErasing && <EraseDialog contact={contact} onClose={() => setErasing(false)} />}
    </>
  )
}

function DataButton({ contact }: { contact: ContactCard }) {
  const [received, setReceived] = useState<number | null>(null)
  const [error, setError] = useState<unknown>(null)
  const running = useRef<AbortController>(null)
  useEffect(() => () => running.current?.abort(), [])
  const start = async () => {
    const stop = new AbortController()
    running.current = stop
    setError(null)
    setReceived(0)
    try {
      const address = url(`/contacts/${contact.id}/personal_data`, { locale: locale() })
      const blob = await fetchFile(address, { signal: stop.signal, onProgress: setReceived })
      saveBlob(blob, `contact-${contact.id}.zip`)
      toast(m.privacy_downloaded({ name: fullName(contact) }), { tone: 'success' })
    } catch (problem) {
      if (!stop.signal.aborted) setError(problem)
    } finally {
      setReceived(null)
    }
  }
  return (
    <>
      <Button icon={Download} isPending={received !== null} onPress={() => void start()}>
        {m.privacy_download()}
      </Button>
      {received !== null && (
        <span className={styles.words} role="status">
          {m.record_progress_unknown({ received: bytes(received) })}
        </span>
      )}
      {error instanceof BrokeOff ? (
        <Note tone="danger">{m.record_broke()}</Note>
      ) : (
        error !== null && <ErrorNote error={error} />
      )}
    </>
  )
}

/** It cannot be taken back, so it is asked for in so many words. */
function EraseDialog({ contact, onClose }: { contact: ContactCard; onClose: () => void }) {
  const client = useQueryClient()
  const [reason, setReason] = useState('')
  const [isSure, setSure] = useState(false)
  const [isPending, setPending] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const [done, setDone] = useState<Erasure | null>(null)
  const run = async () => {
    setPending(true)
    setError(null)
    try {
      setDone(await api.put<Erasure>(`/contacts/${contact.id}/erasure`, { reason: reason.trim() }))
    } catch (problem) {
      setError(problem)
    } finally {
      setPending(false)
    }
  }
  const close = () => {
    onClose()
    // Only now: what is read again says that they were erased, and asks for nothing any more.
    if (done) void client.invalidateQueries({ queryKey: keys.contact(contact.id) })
  }
  if (done) {
    return (
      <Dialog
        title={m.privacy_erased_title()}
        isOpen
        onOpenChange={close}
        cancel={null}
        size="small"
        footer={
          <Button variant="primary" autoFocus onPress={close}>
            {m.ui_close()}
          </Button>
        }
      >
        <ul>
          <li>{m.privacy_erased_contacts({ count: done.contacts })}</li>
          <li>{m.privacy_erased_interactions({ count: done.interactions })}</li>
          <li>{m.privacy_erased_messages({ count: done.messages })}</li>
          <li>{m.privacy_erased_files({ count: done.files })}</li>
        </ul>
      </Dialog>
    )
  }
  return (
    <Dialog
      title={m.privacy_erase_title({ name: fullName(contact) })}
      isOpen
      onOpenChange={close}
      isAlert
      footer={
        <Button
          variant="danger"
          icon={Eraser}
          isPending={isPending}
          isDisabled={!isSure || reason.trim() === ''}
          onPress={() => void run()}
        >
          {m.privacy_erase_run()}
        </Button>
      }
    >
      <div className={styles.panel}>
        <p>{m.privacy_erase_what()}</p>
        <TextArea
          label={m.privacy_reason()}
          description={m.privacy_reason_help()}
          value={reason}
          onChange={setReason}
          isRequired
        />
        <Checkbox label={m.privacy_sure()} isSelected={isSure} onChange={setSure} />
        {isProblem(error, 'open_interactions') ? (
          <Note tone="warning">{m.privacy_open()}</Note>
        ) : (
          error !== null && <ErrorNote error={error} />
        )}
      </div>
    </Dialog>
  )
}
