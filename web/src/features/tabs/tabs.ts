// The open interactions and contacts of a person: which, in what order, and where each was being read. Pure.

export interface Tab {
  /** An interaction's own; of a contact see `contactTab`. */
  id: number
  /** When it was last on screen, in milliseconds. */
  usedAt: number
}

/** Where a thread was left: a row and how far its top was above the edge. Not there = at the newest. */
export interface Place {
  row: string
  offset: number
}

export interface Tabs {
  tabs: readonly Tab[]
  places: Readonly<Record<string, Place>>
}

/** A contact's tab has its id below zero, where no interaction has one. */
export function contactTab(contactId: number): number {
  return -contactId
}

/** Whose tab it is, where it is a contact's. */
export function contactOf(tab: number): number | null {
  return tab < 0 ? -tab : null
}

export const noTabs: Tabs = { tabs: [], places: {} }

/** With one more, or one looked at again. When there are too many, the one unused longest that is read makes room. */
export function opened(
  held: Tabs,
  id: number,
  now: number,
  most: number,
  isUnread: (id: number) => boolean,
): { tabs: Tabs; putAway: number | null } {
  const isOpen = held.tabs.some(tab => tab.id === id)
  if (isOpen) {
    const tabs = held.tabs.map(tab => (tab.id === id ? { ...tab, usedAt: now } : tab))
    return { tabs: { ...held, tabs }, putAway: null }
  }
  const putAway = held.tabs.length >= Math.max(1, most) ? leastUsed(held.tabs, isUnread) : null
  const kept = putAway === null ? held : without(held, putAway)
  return { tabs: { ...kept, tabs: [...kept.tabs, { id, usedAt: now }] }, putAway }
}

function leastUsed(tabs: readonly Tab[], isUnread: (id: number) => boolean): number | null {
  const byUse = tabs.toSorted((one, other) => one.usedAt - other.usedAt)
  return (byUse.find(tab => !isUnread(tab.id)) ?? byUse[0])?.id ?? null
}

export function without(held: Tabs, id: number): Tabs {
  const { [id]: _, ...places } = held.places
  return { tabs: held.tabs.filter(tab => tab.id !== id), places }
}

/** Where to go when a tab is put away: its neighbour on the right, else on the left. */
export function neighbour(tabs: readonly Tab[], id: number): number | null {
  const index = tabs.findIndex(tab => tab.id === id)
  return (tabs[index + 1] ?? tabs[index - 1])?.id ?? null
}

export function withPlace(held: Tabs, id: number, place: Place | null): Tabs {
  const { [id]: _, ...places } = held.places
  return { ...held, places: place ? { ...places, [id]: place } : places }
}

/** How many fit in the strip; the one on screen is always among them. */
export function fitting(
  tabs: readonly Tab[],
  active: number | undefined,
  count: number,
): { shown: readonly Tab[]; more: readonly Tab[] } {
  if (tabs.length <= count) return { shown: tabs, more: [] }
  const first = tabs.slice(0, count)
  const hidden = tabs.findIndex(tab => tab.id === active)
  const shown =
    hidden >= count && count > 0 ? [...first.slice(0, -1), ...tabs.slice(hidden, hidden + 1)] : first
  return { shown, more: tabs.filter(tab => !shown.includes(tab)) }
}

/** What was stored may be of another version of the desk: what makes no sense is left out. */
export function readTabs(text: string | null): Tabs {
  if (!text) return noTabs
  try {
    const stored = JSON.parse(text) as Partial<Tabs>
    const tabs = (Array.isArray(stored.tabs) ? stored.tabs : []).filter(
      (tab): tab is Tab => Number.isSafeInteger(tab?.id) && Number.isFinite(tab?.usedAt),
    )
    return { tabs, places: typeof stored.places === 'object' && stored.places ? stored.places : {} }
  } catch {
    return noTabs
  }
}
