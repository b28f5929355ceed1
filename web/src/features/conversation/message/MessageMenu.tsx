import { Braces, Copy, History, Reply, SmilePlus } from 'lucide-react'
import type { Message } from '@/api/types'
import { setQuote } from '@/features/composer/quote'
import { m } from '@/i18n/pages'
import { copyText } from '@/lib/copy'
import { MenuAt, MenuItem } from '@/ui/Menu'
import { toast } from '@/ui/toasts'
import { useThread } from '../thread/context'
import { canBeAnswered } from './canBeAnswered'

interface Props {
  message: Message
  anchor: Element
  onReact: () => void
  onHistory: () => void
  onRaw: () => void
  onClose: () => void
}

export default function MessageMenu({ message, anchor, onReact, onHistory, onRaw, onClose }: Props) {
  const { interactionId, mayWrite, over, maySeeRaw } = useThread()
  const isAnswerable = mayWrite && canBeAnswered(message)
  const { text } = message
  const copy = async () => {
    if (text && (await copyText(text))) toast(m.interactions_copied(), { tone: 'success' })
  }
  return (
    <MenuAt
      label={m.conversation_actions()}
      anchor={anchor}
      placement={message.direction === 'in' ? 'bottom start' : 'bottom end'}
      onClose={onClose}
    >
      {isAnswerable && (
        // After the menu has given the focus back, so that the composer keeps it.
        <MenuItem
          icon={Reply}
          isDisabled={over.can?.quote === false}
          onAction={() => setTimeout(() => setQuote(interactionId, message))}
        >
          {over.words(m.conversation_reply(), over.can?.quote)}
        </MenuItem>
      )}
      {isAnswerable && (
        <MenuItem
          icon={SmilePlus}
          isDisabled={over.can?.react === false}
          onAction={() => setTimeout(onReact)}
        >
          {over.words(m.conversation_react(), over.can?.react)}
        </MenuItem>
      )}
      <MenuItem icon={Copy} isDisabled={!text} onAction={() => void copy()}>
        {m.conversation_copy_text()}
      </MenuItem>
      {message.deleted_at === null && message.edited_at !== null && (
        <MenuItem icon={History} onAction={() => setTimeout(onHistory)}>
          {m.conversation_history()}
        </MenuItem>
      )}
      {message.deleted_at !== null && maySeeRaw && (
        <MenuItem icon={History} onAction={() => setTimeout(onHistory)}>
          {m.conversation_original()}
        </MenuItem>
      )}
      {message.has_raw && maySeeRaw && (
        <MenuItem icon={Braces} onAction={() => setTimeout(onRaw)}>
          {m.conversation_show_raw()}
        </MenuItem>
      )}
    </MenuAt>
  )
}
