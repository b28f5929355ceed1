import { useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import { Kbd } from './Kbd'
import type { TipPlacement } from './Tooltip'
import styles from './Tooltip.module.css'

const afterMs = 500
const goneAfterMs = 80
const gap = 6
const margin = 8

interface Props {
  /** The keys of a command, as the person has set them. */
  keysOf: (command: string) => string | undefined
}

/** One for the page: shows the words of what is under the pointer or has the keyboard's focus. */
export function TooltipLayer({ keysOf }: Props) {
  const box = useRef<HTMLDivElement>(null)
  const id = useId()
  const [anchor, setAnchor] = useState<HTMLElement | null>(null)
  useEffect(() => watch(setAnchor), [])
  const { tip: words, tipKeys, tipCommand, tipPlacement } = anchor?.dataset ?? {}
  const keys = tipKeys ?? (tipCommand && keysOf(tipCommand))
  useLayoutEffect(() => {
    const tooltip = box.current
    if (!anchor || !tooltip) return
    tooltip.showPopover()
    place(tooltip, anchor, (tipPlacement as TipPlacement | undefined) ?? 'bottom')
    // A name is not read a second time.
    const isNew = words !== anchor.getAttribute('aria-label') && !anchor.hasAttribute('aria-describedby')
    if (isNew) anchor.setAttribute('aria-describedby', id)
    return () => {
      tooltip.hidePopover()
      if (isNew) anchor.removeAttribute('aria-describedby')
    }
  }, [anchor, words, tipPlacement, id])
  return (
    // In the browser's top layer, so over dialogs too.
    <div ref={box} id={id} role="tooltip" popover="manual" className={styles.tooltip}>
      {words}
      {keys && <Kbd keys={keys} />}
    </div>
  )
}

/** Tells what is to be explained: a moment after the pointer came, at once for the keyboard. Answers how to stop. */
function watch(show: (anchor: HTMLElement | null) => void): () => void {
  let wanted: HTMLElement | null = null
  let isShown = false
  let timer: ReturnType<typeof setTimeout> | undefined
  const want = (anchor: HTMLElement | null, ms: number) => {
    if (anchor === wanted) return
    wanted = anchor
    clearTimeout(timer)
    timer = setTimeout(() => {
      isShown = anchor?.isConnected ?? false
      show(isShown ? anchor : null)
    }, ms)
  }
  const hide = () => want(null, 0)
  const onOver = (event: PointerEvent) => {
    if (event.pointerType === 'touch' || isTooltip(event.target)) return
    const anchor = explained(event.target)
    // Beside one that is shown the next one comes at once.
    want(anchor, anchor ? (isShown ? 0 : afterMs) : goneAfterMs)
  }
  const onFocus = ({ target }: FocusEvent) => {
    if (target instanceof Element && target.matches(':focus-visible')) want(explained(target), 0)
  }
  const onKey = ({ key }: KeyboardEvent) => {
    if (key !== 'Tab' && key !== 'Shift') hide()
  }
  const stop = new AbortController()
  const options = { capture: true, passive: true, signal: stop.signal }
  document.addEventListener('pointerover', onOver, options)
  document.addEventListener('focusin', onFocus, options)
  document.addEventListener('focusout', hide, options)
  document.addEventListener('pointerdown', hide, options)
  document.addEventListener('keydown', onKey, options)
  document.addEventListener('scroll', hide, options)
  return () => {
    stop.abort()
    clearTimeout(timer)
  }
}

function explained(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('[data-tip]') : null
}

function isTooltip(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[role="tooltip"]') !== null
}

/** On the side that is asked for, or on the other one where there is no room; never past the window's edge. */
function place(tooltip: HTMLElement, anchor: HTMLElement, placement: TipPlacement): void {
  const at = anchor.getBoundingClientRect()
  const { offsetWidth: width, offsetHeight: height } = tooltip
  const { innerWidth, innerHeight } = window
  const isBeside = placement === 'left' || placement === 'right'
  const [before, after, size, end] = isBeside
    ? [at.left, at.right, width, innerWidth]
    : [at.top, at.bottom, height, innerHeight]
  const fitsBefore = before - gap - size >= margin
  const fitsAfter = after + gap + size <= end - margin
  const isBefore =
    placement === 'top' || placement === 'left' ? fitsBefore || !fitsAfter : !fitsAfter && fitsBefore
  const along = isBefore ? before - gap - size : after + gap
  const across = isBeside ? at.top + (at.height - height) / 2 : at.left + (at.width - width) / 2
  const most = (isBeside ? innerHeight - height : innerWidth - width) - margin
  const kept = Math.max(margin, Math.min(across, most))
  tooltip.style.left = `${isBeside ? along : kept}px`
  tooltip.style.top = `${isBeside ? kept : along}px`
}
