import { ArrowRightLeft, Undo2, UserPlus } from 'lucide-react'
import type { Command, Context } from '@/commands/registry'
import { heldInteraction } from '@/features/interactions/actions'
import { targetOf, targetsOf } from '@/features/interactions/handle'
import { m } from '@/i18n/pages'
import { askToHandOn } from './asking'

const group = () => m.interactions_group()

function target(context: Context) {
  const id = targetOf(context)
  return id === null ? undefined : heldInteraction(context.client, id)
}

/** Those that may be assigned: the picked rows, or the one. */
function targets(context: Context): number[] {
  return targetsOf(context).filter(id => heldInteraction(context.client, id)?.may.assign)
}

export const commands: Command[] = [
  {
    id: 'transfer.propose',
    label: () => m.transfer_propose(),
    words: () => m.transfer_propose_words(),
    group,
    icon: ArrowRightLeft,
    keys: ['Shift+F', 'Alt+Shift+F'],
    scope: 'interactions',
    when: context => target(context)?.may.transfer ?? false,
    run: context => {
      const one = target(context)
      if (one) askToHandOn({ do: 'transfer', id: one.id })
    },
  },
  {
    id: 'transfer.cancel',
    label: () => m.transfer_cancel(),
    group,
    icon: Undo2,
    scope: 'interactions',
    when: context => target(context)?.may.cancel_transfer ?? false,
    run: async context => {
      const one = target(context)
      const { cancelTransfer } = await import('./actions')
      if (one) await cancelTransfer(context.client, one)
    },
  },
  {
    id: 'transfer.assign',
    label: () => m.transfer_assign(),
    words: () => m.transfer_assign_words(),
    group,
    icon: UserPlus,
    keys: ['Shift+G', 'Alt+Shift+G'],
    scope: 'interactions',
    when: context => targets(context).length > 0,
    run: context => {
      const ids = targets(context)
      if (ids.length > 0) askToHandOn({ do: 'assign', ids })
    },
  },
  {
    id: 'transfer.moveAll',
    label: () => m.transfer_move_all_command(),
    group,
    icon: UserPlus,
    scope: 'everywhere',
    when: context => context.session.user.role !== 'agent',
    run: () => askToHandOn({ do: 'moveAll', of: null }),
  },
]
