// Accepting and rejecting. Which answers are under way is kept here, because keys, cards and notifications all give
// them, and none may give one twice.
import type { QueryClient } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import { api } from '@/api/client'
import { putInteraction } from '@/api/entities'
import { keys } from '@/api/keys'
import { isProblem } from '@/api/problem'
import type { Interaction, Offer } from '@/api/types'

export type Answer = 'accepting' | 'rejecting'

let underWay: ReadonlyMap<number, Answer> = new Map()
const listeners = new Set<() => void>()

export function useAnswers(): ReadonlyMap<number, Answer> {
  return useSyncExternalStore(subscribe, () => underWay)
}

export function isAnswered(offerId: number): boolean {
  return underWay.has(offerId)
}

/** Answers the interaction when it is ours; null when somebody was faster, which the card then says. */
export async function acceptOffer(client: QueryClient, offer: Offer): Promise<Interaction | null> {
  return await answer(client, offer, 'accepting', async () => {
    const body = { offer_id: offer.id }
    const interaction = await api.put<Interaction>(`/interactions/${offer.interaction_id}/acceptance`, body)
    putInteraction(client, interaction)
    return interaction
  })
}

export async function rejectOffer(client: QueryClient, offer: Offer): Promise<void> {
  const query = { offer_id: offer.id }
  await answer(client, offer, 'rejecting', () =>
    api.delete<void>(`/interactions/${offer.interaction_id}/acceptance`, { query }),
  )
}

async function answer<T>(
  client: QueryClient,
  offer: Offer,
  how: Answer,
  send: () => Promise<T>,
): Promise<T | null> {
  if (underWay.has(offer.id)) return null
  set(offer.id, how)
  try {
    const result = await send()
    dropOffer(client, offer.id)
    return result
  } catch (error) {
    if (!isOver(error)) throw error
    endOffer(client, offer.id, error)
    return null
  } finally {
    set(offer.id, null)
  }
}

/** The card has said how it ended. */
export function dropOffer(client: QueryClient, id: number): void {
  client.setQueryData<Offer[]>(keys.offers, offers => offers?.filter(offer => offer.id !== id))
}

/** What the refusal tells; its frame, which is newer, may know better. */
function endOffer(client: QueryClient, id: number, error: unknown): void {
  const params = isProblem(error, 'taken') ? error.params : null
  const by = params && typeof params.by === 'string' ? params.by : null
  const ended: Partial<Offer> = params
    ? { state: 'taken', taken_by: by ? { id: Number(params.by_id ?? 0), name: by } : null }
    : { state: 'expired' }
  client.setQueryData<Offer[]>(keys.offers, offers =>
    offers?.map(offer => (offer.id === id && offer.state === 'pending' ? { ...offer, ...ended } : offer)),
  )
}

/** Whether there is nothing left to answer: taken, withdrawn, run out, or no longer ours to see. */
function isOver(error: unknown): boolean {
  return isProblem(error) && [404, 409, 410].includes(error.status)
}

function set(id: number, how: Answer | null): void {
  const next = new Map(underWay)
  if (how) next.set(id, how)
  else next.delete(id)
  underWay = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}
