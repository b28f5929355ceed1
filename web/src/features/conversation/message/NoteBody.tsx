import { useQuery } from '@tanstack/react-query'
import { Lock } from 'lucide-react'
import { colleaguesQuery } from '@/api/queries'
import type { Message } from '@/api/types'
import { piecesOf } from '@/features/composer/suggest/mentions'
import { useSession } from '@/features/signin/session'
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
        <Words message={message} />
      </div>
    </>
  )
}

function Words({ message }: { message: Message }) {
  const { content, text } = message
  const ids = content.type === 'note' ? content.mentions : []
  if (ids.length > 0) return <Mentioning message={message} ids={ids} />
  return <Formatted text={text ?? ''} />
}

/** A colleague who is named stands out. */
function Mentioning({ message, ids }: { message: Message; ids: readonly number[] }) {
  const { user } = useSession()
  const { data: colleagues = [] } = useQuery(colleaguesQuery(message.interaction_id))
  const names = [user, ...colleagues].filter(one => ids.includes(one.id)).map(({ name }) => name)
  return piecesOf(message.text ?? '', names).map((piece, index) =>
    piece.isMention ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text have no other identity
      <mark key={index} className={styles.mention}>
        {piece.text}
      </mark>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text have no other identity
      <Formatted key={index} text={piece.text} />
    ),
  )
}
