// What commands may ask of the offers on screen.

import type { Offer } from '@/api/types'
import type { Context } from '@/commands/registry'
import { closeOverlay } from '@/features/palette/state'
import { acceptOffer, isAnswered, rejectOffer } from './answers'

export interface OffersHandle {
  /** The card with the focus, else the one on top. */
  current: () => Offer | null
}

declare module '@/commands/registry' {
  interface Context {
    offers?: OffersHandle
  }
}

export function currentOffer(context: Context): Offer | null {
  const offer = context.offers?.current() ?? null
  return offer && !isAnswered(offer.id) ? offer : null
}

export async function accept(context: Context, offer: Offer | null, isOpened: boolean): Promise<void> {
  if (!offer) return
  const interaction = await acceptOffer(context.client, offer)
  if (!interaction || !isOpened) return
  // What one was only looking something up in goes; a form that is being filled in stays.
  closeOverlay()
  context.navigate(`/interactions/${interaction.id}`)
}

export async function reject(context: Context, offer: Offer | null): Promise<void> {
  if (offer) await rejectOffer(context.client, offer)
}
