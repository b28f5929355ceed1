import { useQueryClient } from '@tanstack/react-query'
import { CircleCheckBig, Copy, Ellipsis, Mail, SquareX } from 'lucide-react'
import { problemWords } from '@/api/problem'
import type { Interaction } from '@/api/types'
import { shortcutOf } from '@/commands/registry'
import { useRun } from '@/commands/useCommand'
import { markUnread } from '@/features/interactions/actions'
import { askToClose } from '@/features/interactions/closing'
import { m } from '@/i18n/pages'
import { copyText } from '@/lib/copy'
import { IconButton } from '@/ui/IconButton'
import { Menu, MenuItem, MenuSeparator } from '@/ui/Menu'
import { toast } from '@/ui/toasts'

export default function MoreMenu({ interaction }: { interaction: Interaction }) {
  const client = useQueryClient()
  const run = useRun()
  const { id, may, unread, marked_unread: isMarked } = interaction
  const copy = async () => {
    if (await copyText(String(id))) toast(m.interactions_copied(), { tone: 'success' })
  }
  const unreadAgain = () =>
    markUnread(client, id).catch(error => toast(problemWords(error), { tone: 'danger' }))
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
        onAction={() => void unreadAgain()}
      >
        {m.interactions_mark_unread()}
      </MenuItem>
      {may.close && (
        <MenuItem
          icon={CircleCheckBig}
          shortcut={shortcutOf('interactions.close')}
          onAction={() => askToClose(id)}
        >
          {m.interactions_close()}
        </MenuItem>
      )}
      <MenuItem icon={SquareX} shortcut={shortcutOf('tabs.putAway')} onAction={() => run('tabs.putAway')}>
        {m.conversation_put_away()}
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={Copy} onAction={() => void copy()}>
        {m.interactions_copy_id({ id: String(id) })}
      </MenuItem>
    </Menu>
  )
}
