import { Ellipsis, Reply, SmilePlus } from 'lucide-react'
import type { Message } from '@/api/types'
import { setQuote } from '@/features/composer/quote'
import { m } from '@/i18n/pages'
import { cx } from '@/ui/cx'
import { useThread } from '../thread/context'
import styles from './Actions.module.css'
import { canBeAnswered } from './canBeAnswered'

interface Props {
  message: Message
  /** The pointer or the focus has been here: until then nobody sees more than the room they take. */
  isNear: boolean
}

/** Beside the bubble under the pointer or the focus. The keyboard reaches them by Enter on the message. */
export function Actions({ message, isNear }: Props) {
  const { interactionId, mayWrite, over, openMenu, openReactions } = useThread()
  const react = over.words(m.conversation_react(), over.can?.react)
  const reply = over.words(m.conversation_reply(), over.can?.quote)
  const isAnswerable = mayWrite && canBeAnswered(message)
  if (message.id < 0) return null
  return (
    <span className={cx(styles.actions, isAnswerable && styles.answerable)}>
      {isAnswerable && isNear && (
        <>
          <button
            type="button"
            tabIndex={-1}
            aria-label={react}
            title={react}
            disabled={over.can?.react === false}
            onClick={event => openReactions(message, event.currentTarget)}
          >
            <SmilePlus size={16} aria-hidden="true" />
          </button>
          <button
            type="button"
            tabIndex={-1}
            aria-label={reply}
            title={reply}
            disabled={over.can?.quote === false}
            onClick={() => setQuote(interactionId, message)}
          >
            <Reply size={16} aria-hidden="true" />
          </button>
        </>
      )}
      <button
        type="button"
        tabIndex={-1}
        aria-haspopup="menu"
        aria-label={m.conversation_actions()}
        title={m.conversation_actions()}
        onClick={event => openMenu(message, event.currentTarget)}
      >
        {isNear && <Ellipsis size={16} aria-hidden="true" />}
      </button>
    </span>
  )
}
