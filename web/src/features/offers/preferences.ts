// How this browser calls: its sound and its notifications. Of the browser, not of the person: loudspeakers differ.
import { useSyncExternalStore } from 'react'

export interface Alerts {
  sound: boolean
  /** For what customers of one's own write. */
  messageSound: boolean
  /** No sound and no notification while somebody writes at the desk. */
  quietWhileWriting: boolean
  /** 0–1 */
  volume: number
  repeat: boolean
  notifications: boolean
  /** Said "not now": asked no more by itself. */
  isAsked: boolean
}

const storage = 'pronto.alerts'
const usual: Alerts = {
  sound: true,
  messageSound: true,
  quietWhileWriting: false,
  volume: 0.6,
  repeat: true,
  notifications: true,
  isAsked: false,
}

let held: Alerts | undefined
const listeners = new Set<() => void>()

export function alerts(): Alerts {
  if (!held) {
    try {
      held = { ...usual, ...(JSON.parse(localStorage.getItem(storage) ?? '{}') as Partial<Alerts>) }
    } catch {
      held = usual
    }
  }
  return held
}

export function changeAlerts(change: Partial<Alerts>): void {
  held = { ...alerts(), ...change }
  localStorage.setItem(storage, JSON.stringify(held))
  for (const listener of listeners) listener()
}

export function useAlerts(): Alerts {
  return useSyncExternalStore(subscribe, alerts)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}
