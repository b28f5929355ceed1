import type { QueryClient } from '@tanstack/react-query'
import { ArrowRightLeft, Undo2, UserPlus } from 'lucide-react'
import type { Interaction } from '@/api/types'
import { shortcutOf } from '@/commands/registry'
import { m } from '@/i18n/pages'
import { MenuItem } from '@/ui/Menu'
import { cancelTransfer } from './actions'
import { askToHandOn } from './asking'

interface Props {
  interaction: Interaction
  client: QueryClient
  attempt: (what: Promise<unknown>) => Promise<unknown>
}

/** Handing on, in the menus of a row and of a conversation. */
export function transferItems({ interaction, client, attempt }: Props) {
  const { id, may } = interaction
  return (
    <>
      {may.transfer && (
        <MenuItem
          icon={ArrowRightLeft}
          shortcut={shortcutOf('transfer.propose')}
          onAction={() => askToHandOn({ do: 'transfer', id })}
        >
          {m.transfer_propose()}
        </MenuItem>
      )}
      {may.cancel_transfer && (
        <MenuItem icon={Undo2} onAction={() => void attempt(cancelTransfer(client, interaction))}>
          {m.transfer_cancel()}
        </MenuItem>
      )}
      {may.assign && (
        <MenuItem
          icon={UserPlus}
          shortcut={shortcutOf('transfer.assign')}
          onAction={() => askToHandOn({ do: 'assign', ids: [id] })}
        >
          {m.transfer_assign()}
        </MenuItem>
      )}
    </>
  )
}
