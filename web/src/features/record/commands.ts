import { Download, UserRound } from 'lucide-react'
import type { Command, Context } from '@/commands/registry'
import { ask } from '@/features/care/asking'
import { heldInteraction } from '@/features/interactions/actions'
import { targetOf } from '@/features/interactions/handle'
import { m } from '@/i18n/pages'

const group = () => m.interactions_group()

function target(context: Context) {
  const id = targetOf(context)
  return id === null ? undefined : heldInteraction(context.client, id)
}

export const commands: Command[] = [
  {
    id: 'record.contact',
    label: () => m.contact_open(),
    words: () => m.contact_open_words(),
    group,
    icon: UserRound,
    keys: ['P', 'Alt+P'],
    scope: 'interactions',
    when: context => (target(context)?.contact_id ?? null) !== null,
    run: context => context.navigate(`/contacts/${target(context)?.contact_id}`),
  },
  {
    id: 'record.download',
    label: () => m.record_download(),
    words: () => m.record_words(),
    group,
    icon: Download,
    keys: ['Z', 'Alt+Z'],
    scope: 'interactions',
    when: context => target(context)?.may.export ?? false,
    run: context => {
      const one = target(context)
      if (one) ask({ what: 'download', id: one.id })
    },
  },
]
