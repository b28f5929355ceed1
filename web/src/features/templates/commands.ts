import { LayoutTemplate, MessageSquarePlus } from 'lucide-react'
import type { Command } from '@/commands/registry'
import { heldInteraction } from '@/features/interactions/actions'
import { targetOf } from '@/features/interactions/handle'
import { m } from '@/i18n/pages'
import { askTemplate } from './dialog'

const group = () => m.interactions_group()

export const commands: Command[] = [
  {
    id: 'templates.start',
    label: () => m.templates_start(),
    group,
    icon: MessageSquarePlus,
    keys: ['C', 'Alt+Shift+C'],
    scope: 'everywhere',
    run: () => askTemplate({ kind: 'start' }),
  },
  {
    id: 'templates.send',
    label: () => m.templates_send_command(),
    group,
    icon: LayoutTemplate,
    keys: ['Shift+T', 'Alt+Shift+T'],
    scope: 'conversation',
    when: context => {
      const id = targetOf(context)
      const one = id === null ? undefined : heldInteraction(context.client, id)
      return one !== undefined && (one.may.write || one.may.reopen)
    },
    run: context => {
      const interactionId = targetOf(context)
      if (interactionId !== null) askTemplate({ kind: 'send', interactionId })
    },
  },
]
