import { ImageOff, LoaderCircle } from 'lucide-react'
import type { Attachment } from '@/api/types'
import { m } from '@/i18n/pages'
import { mediaSize } from '../message/mediaSize'
import styles from './Content.module.css'
import { FetchAgain } from './FetchAgain'

/** Still being fetched, or never to come. */
export function MediaState({
  attachment,
  hasBroken = false,
}: {
  attachment: Attachment
  hasBroken?: boolean
}) {
  const isPending = attachment.state === 'pending' && !hasBroken
  const Icon = isPending ? LoaderCircle : ImageOff
  return (
    <div className={styles.absent} style={mediaSize(attachment)} title={attachment.error ?? undefined}>
      <Icon size={18} aria-hidden="true" />
      <span>{isPending ? m.conversation_media_pending() : m.conversation_media_failed()}</span>
      {attachment.state === 'failed' && <FetchAgain attachment={attachment} />}
    </div>
  )
}
