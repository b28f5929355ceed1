// Putting things into the cache. Whatever brings them (an answer, a mutation, a frame), an older version never
// replaces a newer one.
import type { InfiniteData, QueryClient, QueryKey } from '@tanstack/react-query'
import { keys } from './keys'
import type {
  Contact,
  ContactCard,
  ContactValues,
  Interaction,
  Message,
  MessagePage,
  Presence,
  Session,
} from './types'

/** After a resync the numbers may have begun anew (a restored backup), so what was held before proves nothing. */
let trustedSince = 0

export function distrustHeld(now = Date.now()): void {
  trustedSince = now
}

export function isNewer(
  client: QueryClient,
  key: QueryKey,
  held: { version: number } | undefined,
  next: { version: number },
): boolean {
  if (!held) return true
  const updatedAt = client.getQueryState(key)?.dataUpdatedAt ?? 0
  return updatedAt < trustedSince || next.version > held.version
}

export function putInteraction(client: QueryClient, interaction: Interaction): boolean {
  return put(client, keys.interaction(interaction.id), interaction)
}

export function putContact(client: QueryClient, contact: Contact): boolean {
  const values = { contact_id: contact.id, version: contact.version, fields: contact.fields }
  if (client.getQueryData(keys.contactValues(contact.id))) putContactValues(client, values)
  const key = keys.contact(contact.id)
  // What is told only of one that was asked for by itself stays with it.
  const held = client.getQueryData<ContactCard>(key)
  return put<ContactCard>(client, key, held ? { ...held, ...contact } : contact)
}

/** Of one version there may be more in the next answer: other columns were asked for. */
export function putContactValues(client: QueryClient, values: ContactValues): void {
  const key = keys.contactValues(values.contact_id)
  const held = client.getQueryData<ContactValues>(key)
  if (held?.version === values.version || isNewer(client, key, held, values)) client.setQueryData(key, values)
}

export function putPresence(client: QueryClient, presence: Presence): void {
  put(client, keys.presence(presence.user_id), presence)
  client.setQueryData<Session>(keys.session, session =>
    session?.user.id === presence.user_id && presence.version > session.presence.version
      ? { ...session, presence }
      : session,
  )
}

/** Also for the answer to one's own sending: the thread shows it before its frame comes. */
export function putMessage(client: QueryClient, message: Message): void {
  client.setQueryData<Thread>(
    keys.thread(message.interaction_id),
    thread => thread && withMessage(thread, message),
  )
}

export type Thread = InfiniteData<MessagePage, string | null>

/**
 * The thread with one message new or changed; the same object when nothing changes. Pages run newest to oldest.
 * What is still on its way has a negative id and a client_id; the message with that client_id takes its place,
 * whether the answer to the sending or the stream brings it first, and it does not come back after that.
 */
export function withMessage(thread: Thread, message: Message): Thread {
  if (message.client_id !== null) {
    const isPending = message.id < 0
    const twin = (held: Message) => held.client_id === message.client_id && held.id < 0 !== isPending
    if (isPending && thread.pages.some(page => page.items.some(twin))) return thread
    if (!isPending) return place(withoutMessages(thread, twin), message)
  }
  return place(thread, message)
}

/** What is not sent after all leaves the thread. */
export function dropPending(client: QueryClient, interactionId: number, clientId: string): void {
  client.setQueryData<Thread>(
    keys.thread(interactionId),
    thread => thread && withoutMessages(thread, held => held.id < 0 && held.client_id === clientId),
  )
}

function withoutMessages(thread: Thread, leaves: (held: Message) => boolean): Thread {
  const page = thread.pages.findIndex(({ items }) => items.some(leaves))
  return page < 0 ? thread : withPage(thread, page, items => items.filter(held => !leaves(held)))
}

function place(thread: Thread, message: Message): Thread {
  const page = thread.pages.findIndex(({ items }) => items.some(held => held.id === message.id))
  if (page >= 0) {
    return withPage(thread, page, items => {
      const index = items.findIndex(held => held.id === message.id)
      return (items[index]?.version ?? 0) < message.version ? items.with(index, message) : items
    })
  }
  // A late message belongs where its time is, which may be in an older page, or before all that is loaded.
  const home = thread.pages.findIndex(({ items }) => items[0] && isBefore(items[0], message))
  if (home >= 0) return withPage(thread, home, items => insert(items, message))
  const last = thread.pages.length - 1
  return thread.pages[last]?.next === null ? withPage(thread, last, items => insert(items, message)) : thread
}

function withPage(thread: Thread, index: number, change: (items: Message[]) => Message[]): Thread {
  const page = thread.pages[index]
  if (!page) return thread
  const items = change(page.items)
  return items === page.items ? thread : { ...thread, pages: thread.pages.with(index, { ...page, items }) }
}

function insert(items: Message[], message: Message): Message[] {
  const after = items.findLastIndex(held => isBefore(held, message))
  return items.toSpliced(after + 1, 0, message)
}

function isBefore(one: Message, other: Message): boolean {
  const difference = Date.parse(one.at) - Date.parse(other.at)
  if (difference !== 0) return difference < 0
  // Of one instant: what has no id of the server's yet comes last, in the order of writing (-1, -2, …).
  if (one.id < 0 || other.id < 0) return one.id > other.id
  return one.id < other.id
}

function put<T extends { version: number }>(client: QueryClient, key: QueryKey, value: T): boolean {
  if (!isNewer(client, key, client.getQueryData<T>(key), value)) return false
  client.setQueryData(key, value)
  return true
}
