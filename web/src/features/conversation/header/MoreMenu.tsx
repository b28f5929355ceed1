import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { Copy, Ellipsis, Mail, SquareX } from 'lucide-react'
import { problemWords } from '@/api/problem'
import type { Interaction } from '@/api/types'
import { shortcutOf } from '@/commands/registry'
import { useRun } from '@/commands/useCommand'
import { putOff, takeUp } from '@/features/care/actions'
import { careItems } from '@/features/care/CareItems'
import { markUnread } from '@/features/interactions/actions'
import { recordItems } from '@/features/record/RecordItems'
import { transferItems } from '@/features/transfer/TransferItems'
import { m } from '@/i18n/pages'
import { copyText } from '@/lib/copy'
import { IconButton } from '@/ui/IconButton'
import { Menu, MenuItem, MenuSeparator } from '@/ui/Menu'
import { toast } from '@/ui/toasts'

export default function MoreMenu({ interaction }: { interaction: Interaction }) {
  const client = useQueryClient()
  const router = useRouter()
  const run = useRun()
  const { id, unread, marked_unread: isMarked } = interaction
  const copy = async () => {
    if (await copyText(String(id))) toast(m.interactions_copied(), { tone: 'success' })
  }
  const attempt = async (what: Promise<unknown>) => {
    try {
      await what
    } catch (error) {
      toast(problemWords(error), { tone: 'danger' })
    }
  }
  return (
    <Menu
      label={m.conversation_more()}
      placement="bottom end"
      trigger={<IconButton icon={Ellipsis} label={m.conversation_more()} />}
    >
      <MenuItem
        icon={Mail}
        shortcut={shortcutOf('interactions.markUnread')}
        isDisabled={isMarked || unread > 0}
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
      <MenuItem icon={SquareX} shortcut={shortcutOf('tabs.putAway')} onAction={() => run('tabs.putAway')}>
        {m.conversation_put_away()}
      </MenuItem>
      <MenuSeparator />
      {recordItems({ interaction, navigate: to => void router.navigate({ to }) })}
      <MenuItem icon={Copy} onAction={() => void copy()}>
        {m.interactions_copy_id({ id: String(id) })}
      </MenuItem>
    </Menu>
  )
}
