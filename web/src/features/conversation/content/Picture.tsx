import { Play } from 'lucide-react'
import { useState } from 'react'
import type { Attachment } from '@/api/types'
import { kindWords } from '@/features/interactions/words'
import { m } from '@/i18n/pages'
import { cx } from '@/ui/cx'
import { mediaSize } from '../message/mediaSize'
import { useThread } from '../thread/context'
import styles from './Content.module.css'
import { MediaState } from './MediaState'

/** A photo, a video or a sticker; a click opens it large. */
export function Picture({ attachment }: { attachment: Attachment }) {
  const { openViewer } = useThread()
  const [hasBroken, setBroken] = useState(false)
  const { kind, url, name } = attachment
  if (hasBroken) return <MediaState attachment={attachment} hasBroken />
  const size = mediaSize(attachment)
  const words = name || kindWords(kind)
  if (kind === 'sticker') {
    return (
      <img
        className={styles.sticker}
        src={url}
        alt={words}
        {...size}
        loading="lazy"
        onError={() => setBroken(true)}
      />
    )
  }
  return (
    <button
      type="button"
      className={cx(styles.picture, kind === 'video' && styles.video)}
      style={size}
      aria-label={m.conversation_media_open({ name: words })}
      onClick={() => openViewer(attachment)}
    >
      {kind === 'image' ? (
        <img src={url} alt="" {...size} decoding="async" onError={() => setBroken(true)} />
      ) : (
        <>
          {/* The first frame is its picture. */}
          <video
            src={`${url}#t=0.1`}
            {...size}
            preload="metadata"
            muted
            playsInline
            onError={() => setBroken(true)}
          />
          <span className={styles.play}>
            <Play size={22} fill="currentColor" aria-hidden="true" />
          </span>
        </>
      )}
    </button>
  )
}
