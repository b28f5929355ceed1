import { type PointerEvent, useRef } from 'react'
import type { Attachment } from '@/api/types'
import styles from './Viewer.module.css'

interface Props {
  attachment: Attachment
  zoom: number
  onZoom: (zoom: number) => void
  name: string
}

/** What is looked at. A zoomed photo is dragged; a double click zooms in and out. */
export function Stage({ attachment, zoom, onZoom, name }: Props) {
  const stage = useRef<HTMLDivElement>(null)
  const drag = (event: PointerEvent<HTMLElement>) => {
    const box = stage.current
    if (!box || zoom === 1 || event.pointerType === 'touch') return
    event.preventDefault()
    const { clientX, clientY, pointerId, currentTarget: image } = event
    const { scrollLeft, scrollTop } = box
    image.setPointerCapture(pointerId)
    const move = (to: globalThis.PointerEvent) =>
      box.scrollTo(scrollLeft - to.clientX + clientX, scrollTop - to.clientY + clientY)
    image.addEventListener('pointermove', move)
    image.addEventListener('lostpointercapture', () => image.removeEventListener('pointermove', move), {
      once: true,
    })
  }
  if (attachment.kind === 'video') {
    return (
      <div className={styles.stage}>
        {/* biome-ignore lint/a11y/useMediaCaption: what a customer filmed has no captions */}
        <video className={styles.fitted} src={attachment.url} controls autoPlay playsInline />
      </div>
    )
  }
  return (
    <div ref={stage} className={styles.stage}>
      <img
        className={styles.fitted}
        style={zoom === 1 ? undefined : { maxWidth: 'none', maxHeight: 'none', width: `${zoom * 80}%` }}
        src={attachment.url}
        alt={name}
        draggable={false}
        onPointerDown={drag}
        onDoubleClick={() => onZoom(zoom === 1 ? 2 : 1)}
      />
    </div>
  )
}
