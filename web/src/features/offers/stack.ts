// Which cards stand in the stack, and in which order. Pure.
import type { Offer } from '@/api/types'
import { millis } from '@/lib/time'

/** How many stand open before the rest is a count; where there is less room, they would cover what is read. */
export const openCards = { wide: 3, narrow: 1 }

/** Newest on top; while somebody points at the stack, nothing moves under the pointer and new ones come below. */
export function order(offers: readonly Offer[], held: readonly number[] | null): Offer[] {
  const newest = offers.toSorted((a, b) => millis(b.starts_at) - millis(a.starts_at) || b.id - a.id)
  if (!held) return newest
  const place = (offer: Offer) => {
    const index = held.indexOf(offer.id)
    return index < 0 ? held.length : index
  }
  return newest.toSorted((a, b) => place(a) - place(b))
}

/** An end that nobody told us of: the frame may be lost with the connection. */
const graceMs = 4_000

export function isOverdue(offer: Offer, now: number): boolean {
  return offer.state === 'pending' && now > millis(offer.ends_at) + graceMs
}
