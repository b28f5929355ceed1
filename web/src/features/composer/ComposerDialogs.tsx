import { useQueryClient } from '@tanstack/react-query'
import { Suspense, useState } from 'react'
import type { Thread } from '@/api/entities'
import { keys } from '@/api/keys'
import type { Interaction } from '@/api/types'
import { m } from '@/i18n/pages'
import { now } from '@/lib/clock'
import { comingTime } from '@/lib/time'
import { uuid } from '@/lib/uuid'
import { later } from '@/ui/later'
import { toast } from '@/ui/toasts'
import { seenThrough } from './compose'
import { type Draft, drafts } from './drafts'
import { plan } from './later/acts'
import type { Planned } from './later/LaterDialog'
import { setStale } from './stale'
import type { ComposerState } from './useComposer'

const LaterDialog = later(() => import('./later/LaterDialog'))
const SaveCanned = later(() => import('./suggest/SaveCanned'))

interface Props {
  interaction: Interaction
  composer: ComposerState
}

/** What can be done with the text beside sending it now. */
export function ComposerDialogs({ interaction, composer }: Props) {
  const { draft, dialog, setDialog, inputRef } = composer
  const close = () => {
    setDialog(null)
    setTimeout(() => inputRef.current?.focus())
  }
  return (
    <Suspense>
      {dialog === 'save' && (
        <SaveCanned interactionId={interaction.id} text={draft.text.trim()} onClose={close} />
      )}
      {dialog === 'later' && <Plan interactionId={interaction.id} draft={draft} onClose={close} />}
    </Suspense>
  )
}

interface PlanProps {
  interactionId: number
  draft: Draft
  onClose: () => void
}

function Plan({ interactionId: id, draft, onClose }: PlanProps) {
  const client = useQueryClient()
  // Of this dialog: asked for twice, it is planned once.
  const [clientId] = useState(uuid)
  const save = async (planned: Planned) => {
    const messages = client.getQueryData<Thread>(keys.thread(id))?.pages.flatMap(page => page.items) ?? []
    await plan(client, id, {
      ...planned,
      clientId,
      replyTo: draft.quote?.id ?? null,
      seenThrough: seenThrough(messages),
    })
    drafts.change(id, { text: '', quote: null })
    setStale(id, null)
    toast(m.later_planned({ time: comingTime(planned.dueAt, now()) }), { tone: 'success' })
  }
  return (
    <LaterDialog
      interactionId={id}
      title={m.later_title()}
      initial={{ text: draft.text.trim() }}
      onSave={save}
      onClose={onClose}
    />
  )
}
