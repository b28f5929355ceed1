// The names of what is cached. One entry for each thing; lists hold ids, so a live change patches one place.
// The one exception is the thread: a message lives nowhere else, so the thread holds the messages themselves.

import type { Sentiment } from './types'

export interface InteractionFilter {
  state?: 'open' | 'closed' | 'waiting' | 'unassigned' | 'active'
  account?: number
  /** 'me', 'all', 'none', 'bot' or the id of an agent. */
  agent?: 'me' | 'all' | 'none' | 'bot' | number
  queue?: number
  read?: 'read' | 'unread'
  /** Ids of tags: what has any of them. */
  tags?: readonly number[]
  sentiment?: Sentiment
  from?: string
  to?: string
  search?: string
  /** An advanced search. */
  expression?: Expression
  /** By the last message unless said; 'window' and 'waiting' show only what closes, or whose customer waits. */
  sort?: Sort
  /** Without it the newest comes first; of what closes or waits, the most urgent; of names, the first. */
  order?: 'asc' | 'desc'
}

export type Sort = 'last' | 'started' | 'window' | 'waiting' | 'contact' | 'status' | 'id'

export interface ContactFilter {
  list?: number
  /** Ids of tags: what has any of them. */
  tags?: readonly number[]
  owner?: 'me' | number
  company?: number
  /** Made, changed or handled by whoever looks. */
  mine?: true
  /** Those that were deleted instead. */
  deleted?: true
  search?: string
  /** An advanced search. */
  expression?: Expression
  /** By the last change unless said. */
  sort?: ContactSort
  order?: 'asc' | 'desc'
}

export type ContactSort = 'name' | 'updated' | 'created'

/** Groups of and/or, and what must hold: the server knows what can be asked of which field. */
export type Expression = { all: readonly Expression[] } | { any: readonly Expression[] } | Condition

export interface Condition {
  field: string
  op: string
  value?: unknown
}

/** Whose journey: the customer of an interaction, or a contact. */
export type JourneyOf = { interaction: number } | { contact: number }

/** Which part of it: began from, and before; of which account. */
export interface JourneyPart {
  from?: string | undefined
  to?: string | undefined
  account?: number | undefined
}

/** Collections of the settings, read again as a whole when a `changed` frame names them. */
export type Collection =
  | 'saved_views'
  | 'contact_views'
  | 'canned_answers'
  | 'contact_fields'
  | 'contact_lists'
  | 'contact_imports'
  | 'companies'
  | 'accounts'
  | 'queues'
  | 'users'
  | 'teams'
  | 'profiles'
  | 'settings'
  | 'deliveries'
  | 'templates'
  | 'dispositions'
  | 'tags'
  | 'blocks'

export const keys = {
  session: ['session'] as const,
  welcome: ['welcome'] as const,
  dashboard: ['dashboard'] as const,
  offers: ['offers'] as const,
  notices: ['notices'] as const,
  recipients: ['recipients'] as const,
  interaction: (id: number) => ['interaction', id] as const,
  interactionDetail: (id: number) => ['interaction-detail', id] as const,
  interactionLists: ['interactions'] as const,
  interactionList: (filter: InteractionFilter) => ['interactions', filter] as const,
  thread: (interactionId: number) => ['thread', interactionId] as const,
  journey: (of: JourneyOf, part: JourneyPart) => ['journey', of, part] as const,
  archive: (interactionId: number) => ['archive', interactionId] as const,
  decisions: (interactionId: number) => ['decisions', interactionId] as const,
  contacts: ['contact'] as const,
  contact: (id: number) => ['contact', id] as const,
  contactPages: ['contacts'] as const,
  contactPage: (filter: ContactFilter) => ['contacts', filter] as const,
  companySearch: (text: string) => ['companies', 'search', text] as const,
  contactValues: (contactId: number) => ['contact-values', contactId] as const,
  contactValuesOf: (interactions: string, fields: string) =>
    ['contact-values-of', interactions, fields] as const,
  presence: (userId: number) => ['presence', userId] as const,
  watching: (interactionId: number) => ['watching', interactionId] as const,
  typing: (interactionId: number) => ['typing', interactionId] as const,
  suggestionLists: ['suggestions'] as const,
  suggestions: (interactionId: number) => ['suggestions', interactionId] as const,
  colleagues: (interactionId: number) => ['colleagues', interactionId] as const,
  scheduled: (interactionId: number) => ['scheduled', interactionId] as const,
  /** Under the collection, so that a change of it reads them again. */
  templates: (accountId: number, fill: object) => ['templates', accountId, fill] as const,
  recontact: (interactionId: number, version: number) =>
    ['templates', 'recontact', interactionId, version] as const,
  start: (accountId: number, to: object) => ['start', accountId, to] as const,
  choices: (ids: readonly number[]) => ['choices', ids] as const,
  blockList: (state: string) => ['blocks', state] as const,
  places: ['disposition-places'] as const,
  collection: (name: Collection) => [name] as const,
}
