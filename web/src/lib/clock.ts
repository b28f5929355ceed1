// One clock for every timer on screen: a single interval, stopped when nobody looks, corrected to the server's time.
import { useSyncExternalStore } from 'react'

const tickMs = 1_000
const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined
let offset = 0

/** Now by the server's clock, in milliseconds. */
export function now(): number {
  return Date.now() + offset
}

/** The Date header has whole seconds, so small differences are noise. */
export function correctClock(serverDate: string | null): void {
  const server = serverDate ? Date.parse(serverDate) : Number.NaN
  if (Number.isNaN(server)) return
  const difference = server - Date.now()
  offset = Math.abs(difference) > 2_000 ? difference : 0
}

/** Renders again each time a multiple of `stepMs` has passed (at best every second). */
export function useNow(stepMs = tickMs): number {
  return useSyncExternalStore(subscribe, () => Math.floor(now() / stepMs) * stepMs)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(tick, tickMs)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) {
      clearInterval(timer)
      timer = undefined
    }
  }
}

function tick() {
  for (const listener of listeners) listener()
}
