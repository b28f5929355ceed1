// The tabs of whoever is signed in, kept in this browser. Outside React, because commands and the thread write it too.
import { useSyncExternalStore } from 'react'
import { noTabs, opened, type Place, readTabs, type Tabs, without, withPlace } from './tabs'

let userId = 0
let held: Tabs = noTabs
const listeners = new Set<() => void>()
let saving: ReturnType<typeof setTimeout> | undefined

/** Which person's they are; reads what was open when they left. */
export function useTabs(of: number): Tabs {
  if (of !== userId) {
    userId = of
    held = readTabs(localStorage.getItem(storage()))
  }
  return useSyncExternalStore(subscribe, () => held)
}

export function currentTabs(): Tabs {
  return held
}

/** Answers the one that had to make room. */
export function openTab(id: number, most: number, isUnread: (id: number) => boolean): number | null {
  const { tabs, putAway } = opened(held, id, Date.now(), most, isUnread)
  change(tabs)
  return putAway
}

export function putTabAway(id: number): void {
  change(without(held, id))
}

export function placeOf(id: number): Place | undefined {
  return held.places[id]
}

/** Nobody renders because a thread was scrolled, so listeners are not told. */
export function keepPlace(id: number, place: Place | null): void {
  if (!held.tabs.some(tab => tab.id === id)) return
  held = withPlace(held, id, place)
  save()
}

function change(next: Tabs): void {
  held = next
  save()
  for (const listener of listeners) listener()
}

/** Scrolling asks for it many times a second. */
function save(): void {
  clearTimeout(saving)
  saving = setTimeout(write, 250)
}

function write(): void {
  clearTimeout(saving)
  saving = undefined
  try {
    localStorage.setItem(storage(), JSON.stringify(held))
  } catch {
    // Full or forbidden: the tabs last as long as the page.
  }
}

window.addEventListener('pagehide', () => {
  if (saving !== undefined) write()
})

function storage(): string {
  return `pronto.tabs.${userId}`
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
