// What can be asked of which field, as the server reads it (crates/domain/src/expression).
import type { ContactField } from '@/api/types'

export type Kind =
  | 'text'
  | 'line'
  | 'words'
  | 'digits'
  | 'number'
  | 'decimal'
  | 'date'
  | 'ids'
  | 'agents'
  | 'states'
  | 'ways'
  | 'sentiments'
  | 'origins'
  | 'choices'
  | 'flag'

/** Which ids a field can point at. */
export type Source = 'accounts' | 'agents' | 'queues' | 'tags' | 'dispositions' | 'lists'

interface Field {
  kind: Kind
  mayBeEmpty?: true
  source?: Source
}

export const fields = {
  customer: { kind: 'text' },
  phone: { kind: 'digits', mayBeEmpty: true },
  email: { kind: 'text', mayBeEmpty: true },
  message: { kind: 'words' },
  status: { kind: 'states' },
  agent: { kind: 'agents', source: 'agents', mayBeEmpty: true },
  first_agent: { kind: 'agents', source: 'agents', mayBeEmpty: true },
  watching: { kind: 'agents', source: 'agents', mayBeEmpty: true },
  queue: { kind: 'ids', source: 'queues', mayBeEmpty: true },
  account: { kind: 'ids', source: 'accounts' },
  tags: { kind: 'ids', source: 'tags', mayBeEmpty: true },
  disposition: { kind: 'ids', source: 'dispositions', mayBeEmpty: true },
  unread: { kind: 'flag' },
  unmanaged: { kind: 'number' },
  waiting: { kind: 'date', mayBeEmpty: true },
  window: { kind: 'date', mayBeEmpty: true },
  started: { kind: 'date' },
  last_message: { kind: 'date' },
  direction: { kind: 'ways' },
  sentiment: { kind: 'sentiments', mayBeEmpty: true },
  closed: { kind: 'date', mayBeEmpty: true },
  reopened: { kind: 'date', mayBeEmpty: true },
  snoozed: { kind: 'flag' },
  blocked: { kind: 'flag' },
  transfer: { kind: 'flag' },
  id: { kind: 'number' },
  name: { kind: 'text', mayBeEmpty: true },
  company: { kind: 'line', mayBeEmpty: true },
  language: { kind: 'line', mayBeEmpty: true },
  postal_address: { kind: 'line', mayBeEmpty: true },
  date_of_birth: { kind: 'date', mayBeEmpty: true },
  url: { kind: 'line', mayBeEmpty: true },
  socials: { kind: 'line', mayBeEmpty: true },
  description: { kind: 'line', mayBeEmpty: true },
  list: { kind: 'ids', source: 'lists' },
  owner: { kind: 'agents', source: 'agents', mayBeEmpty: true },
  worker: { kind: 'agents', source: 'agents', mayBeEmpty: true },
  consent: { kind: 'ids', source: 'accounts', mayBeEmpty: true },
  origin: { kind: 'origins' },
  created: { kind: 'date' },
  updated: { kind: 'date' },
} as const satisfies Record<string, Field>

export type RowField = keyof typeof fields

/** What a search is about; a field that both have means the same of each. */
export type Subject = 'interaction' | 'contact'

const ofContacts: readonly RowField[] = [
  'name',
  'phone',
  'email',
  'company',
  'list',
  'tags',
  'owner',
  'worker',
  'language',
  'postal_address',
  'date_of_birth',
  'url',
  'socials',
  'description',
  'consent',
  'origin',
  'created',
  'updated',
  'id',
]
const onlyOfContacts: readonly RowField[] = ofContacts.filter(
  name => !['phone', 'email', 'tags', 'id'].includes(name),
)

export const rowFields: Record<Subject, readonly RowField[]> = {
  interaction: (Object.keys(fields) as RowField[]).filter(name => !onlyOfContacts.includes(name)),
  contact: ofContacts,
}

const ofContact = 'contact.fields.'
/** A custom field of contacts, by its key: its name may change. */
export type OwnField = `${typeof ofContact}${string}`
export type FieldName = RowField | OwnField

type Own = readonly ContactField[]

const ops = {
  text: ['contains', 'is', 'starts_with'],
  line: ['contains', 'is', 'starts_with'],
  digits: ['contains', 'is', 'starts_with'],
  words: ['contains'],
  number: ['is', 'above', 'below', 'between'],
  decimal: ['is', 'above', 'below', 'between'],
  date: ['last_days', 'after', 'before', 'between'],
  ids: ['any_of', 'none_of'],
  agents: ['any_of', 'none_of'],
  states: ['any_of', 'none_of'],
  ways: ['any_of', 'none_of'],
  sentiments: ['any_of', 'none_of'],
  origins: ['any_of', 'none_of'],
  choices: ['any_of', 'none_of'],
  flag: ['is'],
} as const satisfies Record<Kind, readonly string[]>

export type Op = (typeof ops)[Kind][number] | 'empty' | 'filled'

const ownKinds = {
  text: 'line',
  url: 'line',
  select: 'choices',
  number: 'decimal',
  switch: 'flag',
  date_time: 'date',
} as const satisfies Record<ContactField['kind'], Kind>

/** Of a custom field, what it is called in `fields` of a contact. */
export function keyOf(name: string): string | undefined {
  return name.startsWith(ofContact) ? name.slice(ofContact.length) : undefined
}

export function ownOf(name: string, own: Own): ContactField | undefined {
  const key = keyOf(name)
  return key === undefined ? undefined : own.find(one => one.key === key)
}

export function isField(name: string, own: Own): name is FieldName {
  return name in fields || ownOf(name, own) !== undefined
}

export function fieldOf(name: FieldName, own: Own): Field {
  const one = ownOf(name, own)
  if (one) return { kind: ownKinds[one.kind], ...(one.kind !== 'switch' && { mayBeEmpty: true }) }
  return fields[name as RowField]
}

/** What one can ask for; what is asked for stays, though it is no longer there. */
export function fieldNames(own: Own, asked: FieldName, about: Subject): readonly FieldName[] {
  const there = own.filter(one => !one.archived && !one.hidden)
  const names = [...rowFields[about], ...there.map(({ key }): OwnField => `${ofContact}${key}`)]
  return names.includes(asked) ? names : [...names, asked]
}

export function opsOf(name: FieldName, own: Own): readonly Op[] {
  const { kind, mayBeEmpty } = fieldOf(name, own)
  return mayBeEmpty ? [...ops[kind], 'empty', 'filled'] : ops[kind]
}

export const states = ['flow', 'waiting', 'offered', 'active', 'bot', 'unassigned', 'closed'] as const
export const ways = ['in', 'out'] as const
export const origins = ['agent', 'message', 'import', 'card', 'copy'] as const
/** Whoever looks, among agents. */
export const me = 'me'
