import { ChevronLeft, ChevronRight, Download, X, ZoomIn, ZoomOut } from 'lucide-react'
import { type KeyboardEvent, useMemo, useState } from 'react'
import { Dialog } from 'react-aria-components/Dialog'
import { Modal, ModalOverlay } from 'react-aria-components/Modal'
import type { Attachment, Message } from '@/api/types'
import { kindWords } from '@/features/interactions/words'
import { m } from '@/i18n/pages'
import { dateAndTime, millis } from '@/lib/time'
import { IconButton } from '@/ui/IconButton'
import { authorName } from '../author'
import { downloadOf } from '../content/download'
import { Stage } from './Stage'
import styles from './Viewer.module.css'

interface Props {
  messages: readonly Message[]
  first: Attachment
  onClose: () => void
}

const zooms = [1, 1.5, 2, 3, 4]

/** The photos and videos of a thread, large, one after the other. */
export default function Viewer({ messages, first, onClose }: Props) {
  const all = useMemo(() => viewable(messages), [messages])
  const [id, setId] = useState(first.id)
  const [zoom, setZoom] = useState(1)
  const index = all.findIndex(({ attachment }) => attachment.id === id)
  const shown = all[index]
  const go = (by: number) => {
    const next = all[index + by]
    if (!next) return
    setId(next.attachment.id)
    setZoom(1)
  }
  const rescale = (by: number) =>
    setZoom(zooms[Math.max(0, Math.min(zooms.length - 1, zooms.indexOf(zoom) + by))] ?? 1)
  const onKeyDown = (event: KeyboardEvent) => {
    // A video has its own use for the arrows.
    if (event.target instanceof HTMLVideoElement) return
    if (event.key === 'ArrowLeft') go(-1)
    else if (event.key === 'ArrowRight') go(1)
    else if (event.key === '+' || event.key === '=') rescale(1)
    else if (event.key === '-') rescale(-1)
    else return
    event.preventDefault()
  }
  if (!shown) return null
  const { attachment, message } = shown
  const name = attachment.name || kindWords(attachment.kind)
  return (
    <ModalOverlay className={styles.overlay ?? ''} isOpen isDismissable onOpenChange={onClose}>
      <Modal className={styles.modal ?? ''}>
        <Dialog className={styles.viewer ?? ''} aria-label={m.conversation_viewer()}>
          {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys of the dialog around it */}
          <div className={styles.inside} role="presentation" onKeyDown={onKeyDown}>
            <header className={styles.bar}>
              <div className={styles.words}>
                <p className={styles.name}>{name}</p>
                <p className={styles.remark}>
                  {authorName(message)} · {dateAndTime(millis(message.at))}
                </p>
              </div>
              <span className={styles.count} aria-live="polite">
                {m.conversation_viewer_count({ index: index + 1, count: all.length })}
              </span>
              {attachment.kind === 'image' && (
                <>
                  <IconButton
                    icon={ZoomOut}
                    label={m.conversation_viewer_zoom_out()}
                    shortcut="-"
                    isDisabled={zoom === 1}
                    onPress={() => rescale(-1)}
                  />
                  <IconButton
                    icon={ZoomIn}
                    label={m.conversation_viewer_zoom_in()}
                    shortcut="+"
                    isDisabled={zoom === zooms.at(-1)}
                    onPress={() => rescale(1)}
                  />
                </>
              )}
              <a
                className={styles.download}
                href={downloadOf(attachment)}
                download={name}
                aria-label={m.conversation_download_name({ name })}
                title={m.conversation_download()}
              >
                <Download size={20} strokeWidth={1.75} aria-hidden="true" />
              </a>
              <IconButton autoFocus icon={X} label={m.ui_close()} shortcut="Escape" onPress={onClose} />
            </header>
            <Stage key={attachment.id} attachment={attachment} zoom={zoom} onZoom={setZoom} name={name} />
            {index > 0 && (
              <IconButton
                className={styles.previous}
                size="large"
                icon={ChevronLeft}
                label={m.conversation_viewer_previous()}
                shortcut="ArrowLeft"
                onPress={() => go(-1)}
              />
            )}
            {index < all.length - 1 && (
              <IconButton
                className={styles.next}
                size="large"
                icon={ChevronRight}
                label={m.conversation_viewer_next()}
                shortcut="ArrowRight"
                onPress={() => go(1)}
              />
            )}
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}

function viewable(messages: readonly Message[]): { attachment: Attachment; message: Message }[] {
  return messages.flatMap(message =>
    message.attachments
      .filter(({ kind, state }) => state === 'stored' && (kind === 'image' || kind === 'video'))
      .map(attachment => ({ attachment, message })),
  )
}
