import { Ban, Forward } from 'lucide-react'
import type { Attachment, Message } from '@/api/types'
import { m } from '@/i18n/pages'
import { cx } from '@/ui/cx'
import { authorName } from '../author'
import { Body } from '../content/Body'
import { useThread } from '../thread/context'
import styles from './Message.module.css'
import type { MessageProps } from './MessageRow'
import { Meta, needsMeta } from './Meta'
import { Quote } from './Quote'

/** What stands inside the rounded corners. */
export function Bubble({ message, isFirst, isLast, isFlashed }: MessageProps) {
  const { myId } = useThread()
  const { author, direction, deleted_at: deletedAt, reply_to: quoted } = message
  const isColleague = direction === 'out' && (author.kind !== 'agent' || author.id !== myId)
  const hasPicture = !deletedAt && message.attachments.some(isPicture)
  const isSticker = message.kind === 'sticker' && !deletedAt && !quoted
  const hasMeta = needsMeta(message, isLast)
  return (
    <div
      data-bubble=""
      className={cx(
        styles.bubble,
        isSticker && styles.bare,
        hasPicture && styles.media,
        isLast && styles.tail,
        isFlashed && styles.flash,
      )}
    >
      {isColleague && isFirst && <p className={styles.author}>{authorName(message)}</p>}
      {message.forwarded && (
        <p className={styles.label}>
          <Forward size={12} aria-hidden="true" /> {m.conversation_forwarded()}
        </p>
      )}
      {quoted && <Quote quoted={quoted} />}
      {deletedAt ? (
        <p className={styles.deleted}>
          <Ban size={14} aria-hidden="true" />
          {deletedWords(message)}
        </p>
      ) : (
        <Body message={message} />
      )}
      {hasMeta && <Meta message={message} />}
    </div>
  )
}

function deletedWords({ erased, author }: Message): string {
  if (erased) return m.conversation_erased()
  return author.kind === 'customer' ? m.conversation_deleted_customer() : m.conversation_deleted()
}

function isPicture({ kind, state }: Attachment): boolean {
  return state === 'stored' && (kind === 'image' || kind === 'video')
}
