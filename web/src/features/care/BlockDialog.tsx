import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { isProblem } from '@/api/problem'
import { heldInteraction } from '@/features/interactions/actions'
import { customerName } from '@/features/interactions/words'
import { m } from '@/i18n/pages'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { ErrorNote } from '@/ui/ErrorNote'
import { TextArea } from '@/ui/TextArea'
import { toast } from '@/ui/toasts'
import { block } from './actions'
import styles from './Care.module.css'

/** With a reason, because a supervisor will look at it. */
export default function BlockDialog({ id, onClose }: { id: number; onClose: () => void }) {
  const client = useQueryClient()
  const [reason, setReason] = useState('')
  const [isMissing, setMissing] = useState(false)
  const [isPending, setPending] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const form = useId()
  const interaction = heldInteraction(client, id)
  if (!interaction) return null
  const name = customerName(interaction)
  const onSubmit = async (event: FormEvent) => {
    event.preventDefault()
    setMissing(!reason.trim())
    if (!reason.trim() || isPending) return
    setPending(true)
    setError(null)
    try {
      await block(client, id, reason.trim())
      toast(m.care_blocked_done({ name }), { tone: 'success' })
      onClose()
    } catch (problem) {
      setError(problem)
    } finally {
      setPending(false)
    }
  }
  const wrong = isMissing ? m.field_required() : isProblem(error) ? error.field('reason') : undefined
  return (
    <Dialog
      title={m.care_block_title({ name })}
      isOpen
      onOpenChange={onClose}
      size="small"
      footer={
        <Button variant="danger" type="submit" form={form} isPending={isPending}>
          {m.interactions_block()}
        </Button>
      }
    >
      <form id={form} className={styles.body} onSubmit={event => void onSubmit(event)}>
        <p className={styles.lead}>{m.care_block_text({ name })}</p>
        <TextArea
          label={m.care_block_reason()}
          value={reason}
          onChange={text => {
            setReason(text)
            setMissing(false)
          }}
          maxLength={300}
          autoFocus
          error={wrong}
        />
        {error !== null && !wrong && <ErrorNote error={error} />}
      </form>
    </Dialog>
  )
}
