import { ImageOff, LoaderCircle } from 'lucide-react'
import type { Attachment } from '@/api/types'
import { m } from '@/i18n/pages'
import { cx } from '@/ui/cx'
import { mediaSize } from '../message/mediaSize'
import styles from './Content.module.css'
import { downloadOf } from './download'
import { FetchAgain } from './FetchAgain'

/** Still being fetched, never to come, or here and not what it says it is. */
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
    <div
      className={cx(styles.absent, hasBroken && styles.broken)}
      style={mediaSize(attachment)}
      title={attachment.error ?? undefined}
    >
      <Icon size={18} aria-hidden="true" />
      <span>{words(isPending, hasBroken)}</span>
      {hasBroken && (
        <a href={downloadOf(attachment)} download={attachment.name ?? ''}>
          {m.conversation_download()}
        </a>
      )}
      {attachment.state === 'failed' && <FetchAgain attachment={attachment} />}
    </div>
  )
}

function words(isPending: boolean, hasBroken: boolean): string {
  if (hasBroken) return m.conversation_media_broken()
  return isPending ? m.conversation_media_pending() : m.conversation_media_failed()
}
