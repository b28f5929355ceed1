// The small adapter between `apply` and the query cache.
import { hashKey, type InfiniteData, type QueryClient } from '@tanstack/react-query'
import {
  distrustHeld,
  isNewer,
  putContact,
  putInteraction,
  putMessage,
  putPresence,
  type Thread,
} from '@/api/entities'
import { type ContactFilter, type InteractionFilter, keys } from '@/api/keys'
import type { IdPage } from '@/api/queries'
import type {
  Contact,
  ContactCard,
  Dashboard,
  Frame,
  Interaction,
  Notice,
  Offer,
  Presence,
  Session,
  Tag,
  UserRef,
} from '@/api/types'
import { now } from '@/lib/clock'
import { apply, type Change, type Held } from './apply'
import { compare, compareContacts, contactMatches, matches, place } from './lists'

export interface Typing {
  user: UserRef
  /** When it is no longer believed, in milliseconds. */
  until: number
}

const typingLasts = 5_000

export function applyToCache(client: QueryClient, frame: Frame, onSignOut: () => void): void {
  for (const change of apply(held(client), frame)) make(client, change, onSignOut)
}

function held(client: QueryClient): Held {
  // What is distrusted counts as not held.
  const trusted = <T extends { version: number }>(key: readonly unknown[]) => {
    const data = client.getQueryData<T>(key)
    return data && isNewer(client, key, data, data) ? undefined : data
  }
  return {
    interaction: id => trusted<Interaction>(keys.interaction(id)),
    contact: id => trusted<Contact>(keys.contact(id)),
    presence: userId => trusted<Presence>(keys.presence(userId)),
    message: (interactionId, id) =>
      client
        .getQueryData<Thread>(keys.thread(interactionId))
        ?.pages.flatMap(page => page.items)
        .find(message => message.id === id),
    offers: () => client.getQueryData<Offer[]>(keys.offers),
    notices: () => client.getQueryData<Notice[]>(keys.notices),
    dashboard: () => client.getQueryData<Dashboard>(keys.dashboard),
  }
}

function make(client: QueryClient, change: Change, onSignOut: () => void): void {
  switch (change.do) {
    case 'interaction':
      putInteraction(client, change.interaction)
      placeInLists(client, change.interaction)
      break
    case 'message':
      putMessage(client, change.message)
      break
    case 'contact':
      putContact(client, change.contact)
      placeContact(client, change.contact)
      rereadCard(client, change.contact.id)
      break
    case 'contactGone':
      forgetContact(client, change.id)
      break
    case 'presence':
      putPresence(client, change.presence)
      client.setQueryData<Dashboard>(keys.dashboard, dashboard =>
        dashboard?.presence.user_id === change.presence.user_id
          ? { ...dashboard, presence: change.presence }
          : dashboard,
      )
      break
    case 'offers':
      client.setQueryData(keys.offers, change.offers)
      break
    case 'notices':
      client.setQueryData(keys.notices, change.notices)
      break
    case 'queues':
      client.setQueryData<Dashboard>(keys.dashboard, held => held && { ...held, queues: change.queues })
      break
    case 'forget':
      forget(client, change.interactionId)
      break
    case 'scheduled':
      client.invalidateQueries({ queryKey: keys.scheduled(change.scheduled.interaction_id) })
      break
    case 'reread':
      client.invalidateQueries({
        queryKey: change.what === 'me' ? keys.session : keys.collection(change.what),
      })
      if (change.what === 'canned_answers') client.invalidateQueries({ queryKey: keys.suggestionLists })
      // What a contact has, and who may see it, goes by its fields.
      if (change.what === 'contact_fields') client.invalidateQueries({ queryKey: keys.contacts })
      if (change.what === 'contact_lists' || change.what === 'me')
        client.invalidateQueries({ queryKey: keys.contactPages })
      if (change.what === 'settings') client.invalidateQueries({ queryKey: keys.session })
      break
    case 'rereadAll':
      distrustHeld()
      client.removeQueries({ type: 'inactive', predicate: query => query.queryKey[0] !== 'session' })
      client.invalidateQueries()
      break
    case 'watching':
      client.setQueryData(keys.watching(change.interactionId), change.users)
      break
    case 'typing': {
      const fresh: Typing = { user: change.user, until: now() + typingLasts }
      client.setQueryData<Typing[]>(keys.typing(change.interactionId), (all = []) => [
        ...all.filter(one => one.user.id !== fresh.user.id && one.until > now()),
        fresh,
      ])
      break
    }
    case 'signOut':
      onSignOut()
      break
  }
}

function myId(client: QueryClient): number {
  return client.getQueryData<Session>(keys.session)?.user.id ?? 0
}

type List = InfiniteData<IdPage, string | null>

function placeInLists(client: QueryClient, one: Interaction): void {
  const me = myId(client)
  const tags = client.getQueryData<Tag[]>(keys.collection('tags'))
  for (const [key, list] of client.getQueriesData<List>({ queryKey: keys.interactionLists })) {
    if (!list) continue
    const filter = key[1] as InteractionFilter
    const isBefore = (id: number) => {
      const other = client.getQueryData<Interaction>(keys.interaction(id))
      return other && compare(filter, one, other) <= 0
    }
    const belongs = matches(filter, one, me, tags)
    const isListed = list.pages.some(page => page.ids.includes(one.id))
    // What a search found stays found; what it might find now, only reading again can tell.
    if (belongs === 'unknown' && !isListed) continue
    const pages = place(list.pages, one, belongs !== false, isBefore)
    if (pages !== list.pages) client.setQueryData<List>(key, { ...list, pages })
  }
}

/** Also for the answer to one's own change: its lists show it before its frame comes. */
export function placeContact(client: QueryClient, one: Contact): void {
  const me = myId(client)
  const tags = client.getQueryData<Tag[]>(keys.collection('tags'))
  for (const [key, list] of client.getQueriesData<List>({ queryKey: keys.contactPages })) {
    if (!list) continue
    const filter = key[1] as ContactFilter
    const isBefore = (id: number) => {
      const other = client.getQueryData<Contact>(keys.contact(id))
      return other && compareContacts(filter, one, other) <= 0
    }
    const belongs = contactMatches(filter, one, me, tags)
    const isListed = list.pages.some(page => page.ids.includes(one.id))
    if (belongs === 'unknown' && !isListed) continue
    const pages = place(list.pages, one, belongs !== false, isBefore)
    if (pages !== list.pages) client.setQueryData<List>(key, { ...list, pages })
  }
}

/** A card on screen shows more than a frame tells: notes, consents, what one may do. */
function rereadCard(client: QueryClient, id: number): void {
  const key = keys.contact(id)
  const query = client.getQueryCache().get<ContactCard>(hashKey(key))
  if (query?.isActive() && query.state.data?.notes)
    void client.invalidateQueries({ queryKey: key, exact: true })
}

/** Deleted, or moved where one may not look: out of the lists; a card on screen is read again. */
function forgetContact(client: QueryClient, id: number): void {
  for (const [key, list] of client.getQueriesData<List>({ queryKey: keys.contactPages })) {
    if (!list) continue
    if ((key[1] as ContactFilter).deleted) void client.invalidateQueries({ queryKey: key, exact: true })
    else if (list.pages.some(page => page.ids.includes(id))) {
      const pages = list.pages.map(page => ({ ...page, ids: page.ids.filter(one => one !== id) }))
      client.setQueryData<List>(key, { ...list, pages })
    }
  }
  void client.invalidateQueries({ queryKey: keys.contact(id) })
}

/** No longer ours to see: out of the lists, and nothing of it is kept. */
function forget(client: QueryClient, id: number): void {
  client.setQueriesData<List>({ queryKey: keys.interactionLists }, list => {
    if (!list?.pages.some(page => page.ids.includes(id))) return list
    return { ...list, pages: list.pages.map(page => ({ ...page, ids: page.ids.filter(one => one !== id) })) }
  })
  // An open conversation reads again and shows the server's "not here".
  for (const key of [keys.interaction(id), keys.interactionDetail(id), keys.thread(id)]) {
    client.resetQueries({ queryKey: key })
  }
}
