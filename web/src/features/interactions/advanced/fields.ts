// What can be asked of which field, as the server reads it (crates/domain/src/expression).

export type Kind =
  | 'text'
  | 'words'
  | 'digits'
  | 'number'
  | 'date'
  | 'ids'
  | 'agents'
  | 'states'
  | 'ways'
  | 'flag'

/** Which ids a field can point at. */
export type Source = 'accounts' | 'agents' | 'queues' | 'tags' | 'dispositions'

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
  closed: { kind: 'date', mayBeEmpty: true },
  reopened: { kind: 'date', mayBeEmpty: true },
  snoozed: { kind: 'flag' },
  blocked: { kind: 'flag' },
  transfer: { kind: 'flag' },
  id: { kind: 'number' },
} as const satisfies Record<string, Field>

export type FieldName = keyof typeof fields
export const fieldNames = Object.keys(fields) as FieldName[]

const ops = {
  text: ['contains', 'is', 'starts_with'],
  digits: ['contains', 'is', 'starts_with'],
  words: ['contains'],
  number: ['is', 'above', 'below', 'between'],
  date: ['last_days', 'after', 'before', 'between'],
  ids: ['any_of', 'none_of'],
  agents: ['any_of', 'none_of'],
  states: ['any_of', 'none_of'],
  ways: ['any_of', 'none_of'],
  flag: ['is'],
} as const satisfies Record<Kind, readonly string[]>

export type Op = (typeof ops)[Kind][number] | 'empty' | 'filled'

export function fieldOf(name: FieldName): Field {
  return fields[name]
}

export function opsOf(name: FieldName): readonly Op[] {
  const { kind, mayBeEmpty } = fieldOf(name)
  return mayBeEmpty ? [...ops[kind], 'empty', 'filled'] : ops[kind]
}

export const states = ['flow', 'waiting', 'offered', 'active', 'bot', 'unassigned', 'closed'] as const
export const ways = ['in', 'out'] as const
/** Whoever looks, among agents. */
export const me = 'me'
