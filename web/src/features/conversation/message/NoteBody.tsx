import { Lock } from 'lucide-react'
import type { Message } from '@/api/types'
import { m } from '@/i18n/pages'
import { Formatted } from '@/lib/text'
import { TimeOfDay } from '@/ui/Time'
import { authorName } from '../author'
import styles from './Message.module.css'

/** Never sent: across the thread, on amber, with a lock. */
export function NoteBody({ message }: { message: Message }) {
  return (
    <>
      <p className={styles.noteHead}>
        <Lock size={12} aria-hidden="true" />
        <span className={styles.noteAuthor}>{authorName(message)}</span>
        <span>· {m.conversation_note()} ·</span>
        <TimeOfDay at={message.at} />
      </p>
      <div className={styles.text}>
        <Formatted text={message.text ?? ''} />
      </div>
    </>
  )
}
