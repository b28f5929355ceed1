// A search as it is being put together: what is typed, whether or not it makes sense yet. Pure.
import type { Condition, Expression } from '@/api/keys'
import { dayOf, endOfDay, lastDayBefore, startOfDay } from '../days'
import { type FieldName, fieldOf, fields, type Op, opsOf } from './fields'

/** As the form holds it: days as the calendar has them, numbers as they are typed. */
export interface DraftCondition {
  id: number
  field: FieldName
  op: Op
  text: string
  /** The other end of a range. */
  until: string
  chosen: readonly (number | string)[]
  isOn: boolean
}

export interface DraftGroup {
  id: number
  match: 'all' | 'any'
  members: readonly Draft[]
}

export type Draft = DraftCondition | DraftGroup

export const depthAtMost = 4
export const conditionsAtMost = 40

let latest = 0

export function newCondition(field: FieldName = 'customer'): DraftCondition {
  const [op = 'is'] = opsOf(field)
  return { id: ++latest, field, op, text: '', until: '', chosen: [], isOn: true }
}

export function newGroup(match: DraftGroup['match'] = 'all', members?: readonly Draft[]): DraftGroup {
  return { id: ++latest, match, members: members ?? [newCondition()] }
}

export function isGroup(draft: Draft): draft is DraftGroup {
  return 'members' in draft
}

/** With another field: what was typed stays where it makes sense of it too. */
export function withField(condition: DraftCondition, field: FieldName): DraftCondition {
  const isSameKind = fieldOf(field).kind === fieldOf(condition.field).kind
  const ops = opsOf(field)
  const op = ops.includes(condition.op) && isSameKind ? condition.op : (ops[0] ?? 'is')
  return { ...condition, field, op, ...(isSameKind ? {} : { text: '', until: '' }), chosen: [] }
}

/** The tree with one of its members changed, or without it; a group that has lost all of them goes too. */
export function change(group: DraftGroup, id: number, to: (draft: Draft) => Draft | null): DraftGroup {
  const members = group.members.flatMap(member => {
    const next = member.id === id ? to(member) : isGroup(member) ? change(member, id, to) : member
    if (next === null || (isGroup(next) && next.members.length === 0)) return []
    return [next]
  })
  return { ...group, members }
}

export function count(draft: Draft): number {
  return isGroup(draft) ? draft.members.reduce((sum, member) => sum + count(member), 0) : 1
}

/** What is asked, or which conditions are not said in full. */
export function written(group: DraftGroup): { expression: Expression } | { unfinished: ReadonlySet<number> } {
  const unfinished = new Set<number>()
  const write = (draft: Draft): Expression => {
    if (isGroup(draft)) {
      const members = draft.members.map(write)
      return draft.match === 'all' ? { all: members } : { any: members }
    }
    const condition = conditionOf(draft)
    if (!condition) unfinished.add(draft.id)
    return condition ?? { field: draft.field, op: draft.op }
  }
  const expression = write(group)
  return unfinished.size > 0 ? { unfinished } : { expression }
}

function conditionOf(draft: DraftCondition): Condition | null {
  const { field, op } = draft
  const value = valueIn(draft)
  if (op === 'empty' || op === 'filled') return { field, op }
  return value === null ? null : { field, op, value }
}

function valueIn({ field, op, text, until, chosen, isOn }: DraftCondition): unknown {
  const { kind } = fieldOf(field)
  if (kind === 'flag') return isOn
  if (op === 'any_of' || op === 'none_of') return chosen.length > 0 ? chosen : null
  if (kind === 'date' && op !== 'last_days') {
    const from = startOfDay(text) ?? null
    if (op !== 'between') return from
    const to = endOfDay(until)
    return from && to && from < to ? [from, to] : null
  }
  if (kind === 'number' || kind === 'date') {
    const from = whole(text)
    if (op === 'last_days') return from !== null && from >= 1 && from <= 3660 ? from : null
    if (op !== 'between') return from
    const to = whole(until)
    return from !== null && to !== null && from <= to ? [from, to] : null
  }
  const wanted = text.trim()
  const says = kind === 'digits' ? /\d/ : /[\p{L}\p{N}]/u
  return says.test(wanted) ? wanted : null
}

function whole(text: string): number | null {
  return /^-?\d{1,15}$/.test(text.trim()) ? Number(text) : null
}

/** The form for what is being searched for; one that somebody typed into the URL is read as far as it makes sense. */
export function draftOf(expression: Expression | undefined): DraftGroup {
  const read = expression ? draft(expression) : null
  if (!read) return newGroup()
  return isGroup(read) ? read : newGroup('all', [read])
}

function draft(expression: Expression): Draft | null {
  const group = groupOf(expression)
  if (group) {
    const members = group.members.flatMap(member => draft(member) ?? [])
    return members.length > 0 ? newGroup(group.match, members) : null
  }
  const { field, op, value } = expression as Condition
  if (!(field in fields)) return null
  const name = field as FieldName
  if (!opsOf(name).includes(op as Op)) return null
  return { ...newCondition(name), op: op as Op, ...typed(fieldOf(name).kind, op, value) }
}

/** The members of a group, whichever of the two it is. */
export function groupOf(
  expression: Expression,
): { match: 'all' | 'any'; members: readonly Expression[] } | null {
  if ('all' in expression && Array.isArray(expression.all)) return { match: 'all', members: expression.all }
  if ('any' in expression && Array.isArray(expression.any)) return { match: 'any', members: expression.any }
  return null
}

function typed(kind: string, op: string, value: unknown): Partial<DraftCondition> {
  if (kind === 'flag') return { isOn: value !== false }
  if (op === 'any_of' || op === 'none_of') return { chosen: Array.isArray(value) ? value : [] }
  const isDay = kind === 'date' && op !== 'last_days'
  const [from, to] = Array.isArray(value) ? value : [value, undefined]
  const text = (one: unknown) => (one === undefined || one === null ? '' : String(one))
  if (!isDay) return { text: text(from), until: text(to) }
  return { text: dayOf(text(from)), until: to ? lastDayBefore(text(to)) : '' }
}
