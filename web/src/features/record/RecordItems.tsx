import { Download, UserRound } from 'lucide-react'
import type { Interaction } from '@/api/types'
import { shortcutOf } from '@/commands/registry'
import { ask } from '@/features/care/asking'
import { m } from '@/i18n/pages'
import { MenuItem } from '@/ui/Menu'

interface Props {
  interaction: Interaction
  navigate: (to: string) => void
}

/** What is kept of an interaction and its customer, in the menus of a row and of a conversation. */
export function recordItems({ interaction: { id, may, contact_id }, navigate }: Props) {
  return (
    <>
      {contact_id !== null && (
        <MenuItem
          icon={UserRound}
          shortcut={shortcutOf('record.contact')}
          onAction={() => navigate(`/contacts/${contact_id}`)}
        >
          {m.contact_open()}
        </MenuItem>
      )}
      {may.export && (
        <MenuItem
          icon={Download}
          shortcut={shortcutOf('record.download')}
          onAction={() => ask({ what: 'download', id })}
        >
          {m.record_download()}
        </MenuItem>
      )}
    </>
  )
}
