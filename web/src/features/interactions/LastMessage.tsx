import {
  ArrowDownLeft,
  Contact,
  FileText,
  Image,
  type LucideIcon,
  MapPin,
  MessageSquareReply,
  Mic,
  Music,
  Phone,
  ShoppingCart,
  SmilePlus,
  Sticker,
  StickyNote,
  Video,
} from 'lucide-react'
import { memo } from 'react'
import type { Interaction, MessageKind } from '@/api/types'
import { Tick } from '@/features/conversation/message/Tick'
import styles from '@/features/list/Row.module.css'
import { m } from '@/i18n'
import { plainText } from '@/lib/text'
import { kindWords } from './words'

const icons: Partial<Record<MessageKind, LucideIcon>> = {
  image: Image,
  video: Video,
  audio: Music,
  voice: Mic,
  document: FileText,
  sticker: Sticker,
  location: MapPin,
  contacts: Contact,
  reaction: SmilePlus,
  interactive: MessageSquareReply,
  button: MessageSquareReply,
  order: ShoppingCart,
  call: Phone,
  note: StickyNote,
}

/** The last message in one line: from whom, what kind, the first words. */
export const LastMessage = memo(function LastMessage({
  last,
}: {
  last: NonNullable<Interaction['last_message']>
}) {
  const Icon = icons[last.kind]
  const words = plainText(last.preview) || kindWords(last.kind)
  return (
    <span className={styles.last}>
      {last.direction === 'in' ? (
        <ArrowDownLeft size={14} className={styles.in} aria-hidden="true" />
      ) : (
        <Tick status={last.status} size={14} />
      )}
      <span className="visually-hidden">
        {last.direction === 'in' ? m.interactions_received() : m.interactions_sent()}
      </span>
      {Icon && <Icon size={14} aria-hidden="true" />}
      <span className={styles.preview}>{words}</span>
    </span>
  )
})
