// Where what comes by itself stands: offers, and words that go again. Each screen keeps a place for it where it takes
// room from the end of something, and lies over nothing.
import { type ReactNode, useEffect, useRef, useSyncExternalStore } from 'react'
import { createPortal } from 'react-dom'
import styles from './Places.module.css'

/** The later in this order, the nearer to what one does: the foot of every screen, the foot of the list, and the head
 * of the thread where the list is out of sight. */
const order = ['screen', 'list', 'thread'] as const
type PlaceName = (typeof order)[number]

const places = new Map<PlaceName, HTMLElement>()
const listeners = new Set<() => void>()

function nearest(): HTMLElement | null {
  return order.reduce<HTMLElement | null>((found, name) => places.get(name) ?? found, null)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function put(name: PlaceName, element: HTMLElement | null): void {
  if (element) places.set(name, element)
  else places.delete(name)
  for (const listener of listeners) listener()
}

/** A place on a screen; empty it takes no room. */
export function Place({ name }: { name: PlaceName }) {
  const element = useRef<HTMLDivElement>(null)
  useEffect(() => {
    put(name, element.current)
    return () => put(name, null)
  }, [name])
  return <div ref={element} className={styles.place} data-place={name} />
}

/** Puts something into the nearest place; where there is none, it stands where it is written. */
export function InPlace({ children }: { children: ReactNode }) {
  const place = useSyncExternalStore(subscribe, nearest)
  return place ? createPortal(children, place) : children
}
