// Which lists an interaction or a contact belongs to, and where. Pure; the view decides when the eye may see a row move.
import type { ContactFilter, InteractionFilter } from '@/api/keys'
import type { IdPage } from '@/api/queries'
import type { Contact, Interaction } from '@/api/types'
import { words } from '@/lib/search'

/** 'unknown' when only the server can tell: searches look into what is not here. */
export function matches(
  filter: InteractionFilter,
  one: Interaction,
  myId: number,
  tags?: readonly { id: number; name: string }[],
): boolean | 'unknown' {
  const isClosed = one.state === 'closed'
  switch (filter.state) {
    case 'open':
      if (isClosed) return false
      break
    case 'waiting':
      if (one.state !== 'waiting' && one.state !== 'offered') return false
      break
    case 'closed':
    case 'unassigned':
    case 'active':
      if (one.state !== filter.state) return false
      break
  }
  if (filter.account !== undefined && one.account.id !== filter.account) return false
  if (filter.sentiment && one.sentiment !== filter.sentiment) return false
  if (filter.queue !== undefined && one.queue?.id !== filter.queue) return false
  if (!ofAgent(filter.agent, one, myId)) return false
  const isUnread = one.unread > 0 || one.marked_unread
  if (filter.read === 'unread' && !isUnread) return false
  if (filter.read === 'read' && isUnread) return false
  if (filter.from && Date.parse(one.started_at) < Date.parse(filter.from)) return false
  if (filter.to && Date.parse(one.started_at) >= Date.parse(filter.to)) return false
  if (filter.sort === 'window' && (isClosed || !one.window.open)) return false
  if (filter.sort === 'waiting' && (isClosed || !one.unanswered_since)) return false
  const tagged = hasTag(filter.tags, one, tags)
  if (tagged === false) return false
  return filter.search || filter.expression ? 'unknown' : tagged
}

/** Rows name their tags, filters have their ids. */
function hasTag(
  wanted: InteractionFilter['tags'],
  one: { tags: readonly string[] },
  tags: readonly { id: number; name: string }[] | undefined,
): boolean | 'unknown' {
  if (!wanted) return true
  return tags ? tags.some(({ id, name }) => wanted.includes(id) && one.tags.includes(name)) : 'unknown'
}

/** The same for contacts. Who has worked on one, a search and the conditions only the server knows. */
export function contactMatches(
  filter: ContactFilter,
  one: Contact,
  myId: number,
  tags?: readonly { id: number; name: string }[],
): boolean | 'unknown' {
  if ((one.deleted_at !== null) !== (filter.deleted ?? false)) return false
  if (filter.list !== undefined && one.list_id !== filter.list) return false
  if (filter.company !== undefined && one.company_id !== filter.company) return false
  const owner = filter.owner === 'me' ? myId : filter.owner
  if (owner !== undefined && one.owner?.id !== owner) return false
  const tagged = hasTag(filter.tags, one, tags)
  if (tagged === false) return false
  return filter.mine || filter.search || filter.expression ? 'unknown' : tagged
}

/** Below zero where one contact stands before the other in a list. */
export function compareContacts(filter: ContactFilter, one: Contact, other: Contact): number {
  const { sort = 'updated' } = filter
  const isUp = (filter.order ?? (sort === 'name' ? 'asc' : 'desc')) === 'asc'
  const [value, than] =
    sort === 'name'
      ? [nameWords(one), nameWords(other)]
      : sort === 'created'
        ? [Date.parse(one.created_at), Date.parse(other.created_at)]
        : [Date.parse(one.updated_at), Date.parse(other.updated_at)]
  if (value !== than) return value < than === isUp ? -1 : 1
  return (one.id - other.id) * (isUp ? 1 : -1)
}

function nameWords({ first_name, last_name }: Contact): string {
  return words(`${first_name} ${last_name ?? ''}`)
}

function ofAgent(agent: InteractionFilter['agent'], one: Interaction, myId: number): boolean {
  if (agent === undefined || agent === 'all') return true
  if (agent === 'none') return one.owner === null && one.controller !== 'bot'
  if (agent === 'bot') return one.controller === 'bot'
  const id = agent === 'me' ? myId : agent
  return one.owner?.id === id || one.first_owner?.id === id
}

/** The instant by which lists are ordered, newest first. */
export function activity(one: Interaction): number {
  return Date.parse(one.last_message?.at ?? one.started_at)
}

/** The states as the server has them follow upon each other. */
const statuses: readonly Interaction['state'][] = [
  'waiting',
  'offered',
  'unassigned',
  'active',
  'bot',
  'flow',
  'closed',
]

/** By which values a list is ordered, and which of them go up. */
function placeOf(
  { sort = 'last', order }: InteractionFilter,
  one: Interaction,
): [value: number | string, up: boolean][] {
  const isUp = order ? order === 'asc' : sort !== 'last' && sort !== 'started' && sort !== 'id'
  switch (sort) {
    case 'id':
      return [[one.id, isUp]]
    case 'contact':
      return [
        [words(one.customer), isUp],
        [one.id, isUp],
      ]
    case 'status':
      return [
        [statuses.indexOf(one.state), isUp],
        [activity(one), false],
      ]
    case 'started':
      return [[Date.parse(one.started_at), isUp]]
    case 'window':
      return [[Date.parse(one.window.expires_at ?? one.started_at), isUp]]
    case 'waiting':
      return [[Date.parse(one.unanswered_since ?? one.started_at), isUp]]
    case 'last':
      return [[activity(one), isUp]]
  }
}

/** Below zero where one stands before the other in a list. */
export function compare(filter: InteractionFilter, one: Interaction, other: Interaction): number {
  const others = placeOf(filter, other)
  for (const [index, [value, isUp]] of placeOf(filter, one).entries()) {
    const than = others[index]?.[0] ?? value
    if (value !== than) return value < than === isUp ? -1 : 1
  }
  return 0
}

/** The pages with the interaction in its place, or without it; the same object when nothing changes. */
export function place(
  pages: IdPage[],
  one: { id: number },
  belongs: boolean,
  /** Whether it stands before another; undefined = nothing is known of that one. */
  isBefore: (id: number) => boolean | undefined,
): IdPage[] {
  const before = pages.findIndex(({ ids }) => ids.includes(one.id))
  if (!belongs) return before < 0 ? pages : drop(pages, before, one.id)
  const rest = before < 0 ? pages : drop(pages, before, one.id)
  for (const [index, page] of rest.entries()) {
    const position = page.ids.findIndex(id => isBefore(id) ?? true)
    const isEnd = index === rest.length - 1
    if (position < 0 && !(isEnd && page.next === null)) continue
    const ids = page.ids.toSpliced(position < 0 ? page.ids.length : position, 0, one.id)
    if (index === before && same(ids, pages[before]?.ids)) return pages
    return rest.with(index, { ...page, ids })
  }
  // Older than everything loaded: the next page will bring it.
  return rest
}

function drop(pages: IdPage[], index: number, id: number): IdPage[] {
  const page = pages[index]
  return page ? pages.with(index, { ...page, ids: page.ids.filter(other => other !== id) }) : pages
}

function same(one: number[], other: number[] | undefined): boolean {
  return one.length === other?.length && one.every((id, index) => id === other[index])
}
