// What is typed of a contact beside a conversation stays while one is elsewhere: nobody should have to decide about it
// before they take the next customer. It ends with the page.
import type { Contact } from '@/api/types'
import type { Draft } from './draft'

export interface Kept {
  /** What it was typed on top of; null for somebody new. */
  base: Contact | null
  typed: Partial<Draft>
}

const held = new Map<string, Kept>()

/** Whose form it is, of which conversation. */
export function placeOf(userId: number, interactionId: number): string {
  return `${userId} ${interactionId}`
}

export function keptOf(place: string): Kept | undefined {
  return held.get(place)
}

export function keep(place: string, what: Kept): void {
  held.set(place, what)
}

export function forget(place: string): void {
  held.delete(place)
}
