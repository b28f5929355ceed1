import { type KeyboardEvent, type PointerEvent, useState } from 'react'
import { m } from '@/i18n'
import styles from './InteractionsPage.module.css'

const key = 'pronto.list-width'
const least = 320
const most = 420

/** The width of the list, as this browser last had it. */
export function useListWidth(): [number, (width: number) => void] {
  const [width, setWidth] = useState(() => within(Number(localStorage.getItem(key)) || 360))
  const change = (next: number) => {
    setWidth(within(next))
    localStorage.setItem(key, String(within(next)))
  }
  return [width, change]
}

interface Props {
  width: number
  onResize: (width: number) => void
}

/** Dragged, or moved by arrow keys; a double click takes it back. */
export function Resizer({ width, onResize }: Props) {
  const start = (event: PointerEvent<HTMLDivElement>) => {
    const from = event.clientX
    const handle = event.currentTarget
    handle.setPointerCapture(event.pointerId)
    const move = (to: globalThis.PointerEvent) => onResize(width + to.clientX - from)
    const end = () => {
      handle.removeEventListener('pointermove', move)
      handle.removeEventListener('lostpointercapture', end)
    }
    handle.addEventListener('pointermove', move)
    handle.addEventListener('lostpointercapture', end)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowLeft' ? -10 : event.key === 'ArrowRight' ? 10 : 0
    if (by === 0) return
    event.preventDefault()
    onResize(width + by)
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule cannot be moved
    <div
      className={styles.resizer}
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={m.interactions_resize()}
      aria-valuenow={width}
      aria-valuemin={least}
      aria-valuemax={most}
      onPointerDown={start}
      onKeyDown={onKeyDown}
      onDoubleClick={() => onResize(360)}
    />
  )
}

function within(width: number): number {
  return Math.round(Math.max(least, Math.min(most, width)))
}
