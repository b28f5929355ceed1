import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { Copy, Hand, Mail, PanelTopOpen, RotateCcw } from 'lucide-react'
import { problemWords } from '@/api/problem'
import { shortcutOf } from '@/commands/registry'
import { putOff, takeUp } from '@/features/care/actions'
import { careItems } from '@/features/care/CareItems'
import { recordItems } from '@/features/record/RecordItems'
import { transferItems } from '@/features/transfer/TransferItems'
import { m } from '@/i18n/pages'
import { copyText } from '@/lib/copy'
import { MenuAt, MenuItem, MenuSeparator } from '@/ui/Menu'
import { toast } from '@/ui/toasts'
import { heldInteraction, markUnread, reopen, take } from './actions'
import { customerName } from './words'

interface Props {
  id: number
  anchor: Element
  onOpen: (id: number) => void
  onClose: () => void
}

export default function RowMenu({ id, anchor, onOpen, onClose }: Props) {
  const client = useQueryClient()
  const router = useRouter()
  const interaction = heldInteraction(client, id)
  if (!interaction) return null
  const { may, marked_unread, unread } = interaction
  const attempt = async (what: Promise<unknown>) => {
    try {
      await what
    } catch (error) {
      toast(problemWords(error), { tone: 'danger' })
    }
  }
  const copy = async () => {
    if (await copyText(String(id))) toast(m.interactions_copied(), { tone: 'success' })
  }
  return (
    <MenuAt
      label={m.interactions_actions({ name: customerName(interaction) })}
      anchor={anchor}
      onClose={onClose}
    >
      <MenuItem icon={PanelTopOpen} shortcut="Enter" onAction={() => onOpen(id)}>
        {m.interactions_open()}
      </MenuItem>
      {may.take && (
        <MenuItem
          icon={Hand}
          shortcut={shortcutOf('interactions.take')}
          onAction={() => void attempt(take(client, id))}
        >
          {m.interactions_take()}
        </MenuItem>
      )}
      {may.reopen && (
        <MenuItem
          icon={RotateCcw}
          shortcut={shortcutOf('interactions.reopen')}
          onAction={() => void attempt(reopen(client, id, to => void router.navigate({ to })))}
        >
          {m.interactions_reopen()}
        </MenuItem>
      )}
      <MenuItem
        icon={Mail}
        shortcut={shortcutOf('interactions.markUnread')}
        isDisabled={marked_unread || unread > 0}
        onAction={() => void attempt(markUnread(client, id))}
      >
        {m.interactions_mark_unread()}
      </MenuItem>
      {transferItems({ interaction, client, attempt })}
      {careItems({
        interaction,
        attempt,
        onPutOff: until => putOff(client, id, until),
        onTakeUp: () => takeUp(client, id),
      })}
      <MenuSeparator />
      {recordItems({ interaction, navigate: to => void router.navigate({ to }) })}
      <MenuItem icon={Copy} onAction={() => void copy()}>
        {m.interactions_copy_id({ id: String(id) })}
      </MenuItem>
    </MenuAt>
  )
}
