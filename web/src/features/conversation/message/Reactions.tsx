import type { Message } from '@/api/types'
import { m } from '@/i18n/pages'
import styles from './Message.module.css'

/** On the bubble's edge, each with who gave it. */
export function Reactions({ message: { reactions } }: { message: Message }) {
  if (reactions.length === 0) return null
  return (
    <ul className={styles.reactions}>
      {reactions.map(({ emoji, by, name }) => {
        const words = m.conversation_reaction_by({ emoji, name: name || m.conversation_customer() })
        return (
          <li key={`${by} ${name} ${emoji}`} className={styles.reaction} title={words}>
            <span aria-hidden="true">{emoji}</span>
            <span className="visually-hidden">{words}</span>
          </li>
        )
      })}
    </ul>
  )
}
