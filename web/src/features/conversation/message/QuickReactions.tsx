import { useQueryClient } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { Suspense, useMemo, useState } from 'react'
import { problemWords } from '@/api/problem'
import type { Message } from '@/api/types'
import { useSession } from '@/features/signin/session'
import { m } from '@/i18n/pages'
import { IconButton } from '@/ui/IconButton'
import { later } from '@/ui/later'
import { Popover } from '@/ui/Popover'
import { Spinner } from '@/ui/Spinner'
import { toast } from '@/ui/toasts'
import styles from './QuickReactions.module.css'
import { react } from './react'

const EmojiPicker = later(() => import('@/features/composer/EmojiPicker'))
const quick = ['👍', '❤️', '😂', '😮', '😢', '🙏']

interface Props {
  message: Message
  anchor: Element
  onClose: () => void
}

/** The six that everybody uses, and all others behind the plus. */
export default function QuickReactions({ message, anchor, onClose }: Props) {
  const client = useQueryClient()
  const { user } = useSession()
  const [isAll, setAll] = useState(false)
  const triggerRef = useMemo(() => ({ current: anchor }), [anchor])
  const own = message.reactions.find(({ by }) => by === 'agent')?.emoji
  const choose = async (emoji: string) => {
    onClose()
    try {
      await react(client, message, emoji === own ? '' : emoji, user.alias ?? user.name)
    } catch (error) {
      toast(problemWords(error), { tone: 'danger' })
    }
  }
  return (
    <Popover
      label={m.conversation_react()}
      isOpen
      onOpenChange={onClose}
      triggerRef={triggerRef}
      placement="top"
    >
      {isAll ? (
        <Suspense fallback={<Spinner label={m.ui_loading()} />}>
          <EmojiPicker onPick={emoji => void choose(emoji)} />
        </Suspense>
      ) : (
        <div className={styles.row}>
          {quick.map((emoji, index) => (
            <button
              key={emoji}
              type="button"
              // biome-ignore lint/a11y/noAutofocus: what was asked for
              autoFocus={index === 0}
              className={styles.emoji}
              aria-pressed={emoji === own}
              aria-label={emoji === own ? m.conversation_unreact() : m.conversation_react_with({ emoji })}
              onClick={() => void choose(emoji)}
            >
              {emoji}
            </button>
          ))}
          <IconButton icon={Plus} label={m.composer_emoji()} size="small" onPress={() => setAll(true)} />
        </div>
      )}
    </Popover>
  )
}
