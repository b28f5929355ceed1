import type { Message } from '@/api/types'
import { m } from '@/i18n/pages'
import { plainText } from '@/lib/text'
import { useThread } from '../thread/context'
import styles from './Message.module.css'

/** The message it answers; a click goes there. */
export function Quote({ quoted }: { quoted: NonNullable<Message['reply_to']> }) {
  const { jumpTo } = useThread()
  const { id, author, preview } = quoted
  const words = plainText(preview) || (id === null ? m.conversation_quote_gone() : '…')
  const inside = (
    <>
      {author && <span className={styles.quoteAuthor}>{author}</span>}
      <span className={styles.quoteText}>{words}</span>
    </>
  )
  if (id === null) return <div className={styles.quote}>{inside}</div>
  return (
    <button
      type="button"
      className={styles.quote}
      title={m.conversation_quote_jump()}
      onClick={() => jumpTo(id)}
    >
      {inside}
    </button>
  )
}
