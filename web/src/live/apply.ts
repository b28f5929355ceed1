// What a frame means for what is cached: (held, frame) → changes. Pure, so that the promise "a snapshot and the
// frames after it are the same as a fresh snapshot" can be tested without a browser or a server.
import type { Collection } from '@/api/keys'
import type {
  Contact,
  Dashboard,
  Frame,
  Interaction,
  Message,
  Notice,
  Offer,
  Presence,
  QueueCard,
  Scheduled,
  UserRef,
} from '@/api/types'

/** As much of the cache as decides. */
export interface Held {
  interaction(id: number): { version: number } | undefined
  message(interactionId: number, id: number): { version: number } | undefined
  contact(id: number): { version: number } | undefined
  presence(userId: number): { version: number } | undefined
  offers(): readonly Offer[] | undefined
  notices(): readonly Notice[] | undefined
  dashboard(): Dashboard | undefined
}

export type Change =
  | { do: 'interaction'; interaction: Interaction }
  | { do: 'message'; message: Message }
  | { do: 'contact'; contact: Contact }
  | { do: 'contactGone'; id: number }
  | { do: 'presence'; presence: Presence }
  | { do: 'offers'; offers: Offer[] }
  | { do: 'notices'; notices: Notice[] }
  | { do: 'queues'; queues: QueueCard[] }
  | { do: 'forget'; interactionId: number }
  | { do: 'scheduled'; scheduled: Scheduled }
  | { do: 'reread'; what: Collection | 'me' }
  | { do: 'rereadAll' }
  | { do: 'watching'; interactionId: number; users: UserRef[] }
  | { do: 'typing'; interactionId: number; user: UserRef }
  | { do: 'signOut' }

export function apply(held: Held, frame: Frame): Change[] {
  switch (frame.type) {
    case 'interaction':
      return interaction(held, frame.interaction)
    case 'message':
      return [...message(held, frame.message), ...interaction(held, frame.interaction)]
    case 'gone':
      return [{ do: 'forget', interactionId: frame.id }]
    case 'offer':
      return offer(held, frame.offer)
    case 'presence': {
      const { presence } = frame
      return newer(held.presence(presence.user_id), presence) ? [{ do: 'presence', presence }] : []
    }
    case 'queue':
      return queue(held, frame.queue)
    case 'contact': {
      const { contact } = frame
      // As with interactions: the lists may not have heard of this very version yet.
      const known = held.contact(contact.id)
      return known && known.version > contact.version ? [] : [{ do: 'contact', contact }]
    }
    case 'contact_gone':
      return [{ do: 'contactGone', id: frame.id }]
    case 'scheduled':
      return [{ do: 'scheduled', scheduled: frame.scheduled }]
    case 'notice':
      return notice(held, frame.notice)
    case 'changed':
      return [{ do: 'reread', what: frame.what }]
    case 'resync':
      return [{ do: 'rereadAll' }]
    case 'signed_out':
      return [{ do: 'signOut' }]
    case 'watching':
      return [{ do: 'watching', interactionId: frame.interaction_id, users: frame.users }]
    case 'typing':
      return [{ do: 'typing', interactionId: frame.interaction_id, user: frame.user }]
    case 'hello':
    case 'position':
      return []
    default:
      // A newer server may say what this desktop does not know yet.
      return []
  }
}

function interaction(held: Held, next: Interaction): Change[] {
  // The answer to one's own act may have brought this very version: the lists have not heard of it yet.
  const known = held.interaction(next.id)
  if (known && known.version > next.version) return []
  return [{ do: 'interaction', interaction: next }, ...renamed(held, next)]
}

/** A customer's name may come after what they wrote: what is offered has it too. */
function renamed(held: Held, { id, customer }: Interaction): Change[] {
  const offers = held.offers() ?? []
  const isOld = (one: Offer) => one.interaction_id === id && one.customer !== customer
  return offers.some(isOld)
    ? [{ do: 'offers', offers: offers.map(one => (isOld(one) ? { ...one, customer } : one)) }]
    : []
}

function message(held: Held, next: Message): Change[] {
  return newer(held.message(next.interaction_id, next.id), next) ? [{ do: 'message', message: next }] : []
}

/** An offer that ended stays for its card to say how; one that was never shown is not worth a word. */
function offer(held: Held, next: Offer): Change[] {
  const offers = held.offers() ?? []
  const index = offers.findIndex(({ id }) => id === next.id)
  if (index < 0) return next.state === 'pending' ? [{ do: 'offers', offers: [next, ...offers] }] : []
  return newer(offers[index], next) ? [{ do: 'offers', offers: offers.with(index, next) }] : []
}

/** Newest first. Before the list has been read there is nothing to add to. */
function notice(held: Held, next: Notice): Change[] {
  const notices = held.notices()
  if (!notices) return []
  const index = notices.findIndex(({ id }) => id === next.id)
  if (index >= 0) {
    return newer(notices[index], next) ? [{ do: 'notices', notices: notices.with(index, next) }] : []
  }
  return [{ do: 'notices', notices: [next, ...notices].toSorted((a, b) => b.id - a.id) }]
}

function queue(held: Held, next: QueueCard): Change[] {
  // Without a dashboard in the cache there is nothing to keep true: it will be read when it is opened.
  const queues = held.dashboard()?.queues
  if (!queues) return []
  const index = queues.findIndex(({ id }) => id === next.id)
  if (index < 0) return [{ do: 'queues', queues: [...queues, next] }]
  // Its version says how far the log was when it was counted: of equals the one that comes last is right.
  return next.version >= (queues[index]?.version ?? 0)
    ? [{ do: 'queues', queues: queues.with(index, next) }]
    : []
}

function newer(held: { version: number } | undefined, next: { version: number }): boolean {
  return held === undefined || next.version > held.version
}
