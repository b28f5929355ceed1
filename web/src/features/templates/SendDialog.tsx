import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Send } from 'lucide-react'
import { useState } from 'react'
import { api } from '@/api/client'
import { putMessage } from '@/api/entities'
import { contactQuery, interactionQuery } from '@/api/queries'
import type { Interaction, Message } from '@/api/types'
import { customerName } from '@/features/interactions/words'
import { m } from '@/i18n/pages'
import { uuid } from '@/lib/uuid'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { ErrorNote } from '@/ui/ErrorNote'
import { SkeletonRows } from '@/ui/Skeleton'
import { slotErrors } from './errors'
import { pickQuery } from './queries'
import { TemplatePicker } from './TemplatePicker'
import { usePick } from './usePick'

interface Props {
  interactionId: number
  onClose: () => void
}

/** A template into the conversation on screen. */
export default function SendDialog({ interactionId, onClose }: Props) {
  const { data: interaction } = useQuery(interactionQuery(interactionId))
  return interaction ? <Sender interaction={interaction} onClose={onClose} /> : null
}

function Sender({ interaction, onClose }: { interaction: Interaction; onClose: () => void }) {
  const client = useQueryClient()
  const { id, account, contact_id: contactId } = interaction
  const templates = useQuery(pickQuery(account.id, { interaction: id }))
  const contact = useQuery({ ...contactQuery(contactId ?? 0), enabled: contactId !== null })
  const pick = usePick(templates.data, contact.data?.language ?? null)
  const [clientId] = useState(uuid)
  const [error, setError] = useState<unknown>(null)
  const [isPending, setPending] = useState(false)
  const { variant } = pick
  const send = async () => {
    if (!variant || isPending) return
    setPending(true)
    setError(null)
    try {
      const body = { client_id: clientId, ...(await pick.body()) }
      putMessage(client, await api.post<Message>(`/interactions/${id}/templates`, body))
      onClose()
    } catch (problem) {
      setError(problem)
      setPending(false)
    }
  }
  return (
    <Dialog
      title={m.templates_send_title({ name: customerName(interaction) })}
      isOpen
      onOpenChange={onClose}
      size="large"
      footer={
        <Button
          variant="primary"
          icon={Send}
          isPending={isPending}
          isDisabled={!variant || pick.lacking.length > 0 || variant.content.beyond !== null}
          onPress={() => void send()}
        >
          {m.templates_send()}
        </Button>
      }
    >
      {templates.isPending && <SkeletonRows count={4} />}
      {templates.error && <ErrorNote error={templates.error} onRetry={() => void templates.refetch()} />}
      {error !== null && <ErrorNote error={error} />}
      {templates.data && (
        <TemplatePicker
          pick={pick}
          isEmpty={templates.data.items.length === 0}
          isFirst
          errors={slotErrors(error)}
        />
      )}
    </Dialog>
  )
}
