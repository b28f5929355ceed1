// A search as it is being put together: what is typed, whether or not it makes sense yet. Pure.
import type { Condition, Expression } from '@/api/keys'
import type { ContactField } from '@/api/types'
import { dayOf, endOfDay, lastDayBefore, startOfDay } from '@/features/list/days'
import {
  type FieldName,
  fieldOf,
  isField,
  type Kind,
  type Op,
  opsOf,
  rowFields,
  type Subject,
} from './fields'

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

type Own = readonly ContactField[]

export function newCondition(field: FieldName, own: Own = []): DraftCondition {
  const [op = 'is'] = opsOf(field, own)
  return { id: ++latest, field, op, text: '', until: '', chosen: [], isOn: true }
}

export function newGroup(match: DraftGroup['match'], members: readonly Draft[]): DraftGroup {
  return { id: ++latest, match, members }
}

/** A search in which nothing is said yet. */
export function blank(about: Subject, match: DraftGroup['match'] = 'all'): DraftGroup {
  return newGroup(match, [newCondition(rowFields[about][0] ?? 'id')])
}

export function isGroup(draft: Draft): draft is DraftGroup {
  return 'members' in draft
}

/** With another field: what was typed stays where it makes sense of it too. */
export function withField(condition: DraftCondition, field: FieldName, own: Own): DraftCondition {
  const isSameKind = fieldOf(field, own).kind === fieldOf(condition.field, own).kind
  const ops = opsOf(field, own)
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
export function written(
  group: DraftGroup,
  own: Own,
): { expression: Expression } | { unfinished: ReadonlySet<number> } {
  const unfinished = new Set<number>()
  const write = (draft: Draft): Expression => {
    if (isGroup(draft)) {
      const members = draft.members.map(write)
      return draft.match === 'all' ? { all: members } : { any: members }
    }
    const condition = conditionOf(draft, own)
    if (!condition) unfinished.add(draft.id)
    return condition ?? { field: draft.field, op: draft.op }
  }
  const expression = write(group)
  return unfinished.size > 0 ? { unfinished } : { expression }
}

function conditionOf(draft: DraftCondition, own: Own): Condition | null {
  const { field, op } = draft
  const value = valueIn(draft, fieldOf(field, own).kind)
  if (op === 'empty' || op === 'filled') return { field, op }
  return value === null ? null : { field, op, value }
}

function valueIn({ op, text, until, chosen, isOn }: DraftCondition, kind: Kind): unknown {
  if (kind === 'flag') return isOn
  if (op === 'any_of' || op === 'none_of') return chosen.length > 0 ? chosen : null
  if (kind === 'date' && op !== 'last_days') {
    const from = startOfDay(text) ?? null
    if (op !== 'between') return from
    const to = endOfDay(until)
    return from && to && from < to ? [from, to] : null
  }
  if (kind === 'number' || kind === 'decimal' || kind === 'date') {
    const read = kind === 'decimal' ? decimal : whole
    const from = read(text)
    if (op === 'last_days') return from !== null && from >= 1 && from <= 3660 ? from : null
    if (op !== 'between') return from
    const to = read(until)
    return from !== null && to !== null && from <= to ? [from, to] : null
  }
  const wanted = text.trim()
  const says = kind === 'digits' ? /\d/ : /[\p{L}\p{N}]/u
  return says.test(wanted) ? wanted : null
}

function whole(text: string): number | null {
  return /^-?\d{1,15}$/.test(text.trim()) ? Number(text) : null
}

/** A comma stands for the point in half of Europe. */
function decimal(text: string): number | null {
  return /^-?\d{1,15}([.,]\d{1,10})?$/.test(text.trim()) ? Number(text.replace(',', '.')) : null
}

/** The form for what is being searched for; one that somebody typed into the URL is read as far as it makes sense. */
export function draftOf(expression: Expression | undefined, own: Own, about: Subject): DraftGroup {
  const read = expression ? draft(expression, own) : null
  if (!read) return blank(about)
  return isGroup(read) ? read : newGroup('all', [read])
}

function draft(expression: Expression, own: Own): Draft | null {
  const group = groupOf(expression)
  if (group) {
    const members = group.members.flatMap(member => draft(member, own) ?? [])
    return members.length > 0 ? newGroup(group.match, members) : null
  }
  const { field, op, value } = expression as Condition
  if (!isField(field, own) || !opsOf(field, own).includes(op as Op)) return null
  return { ...newCondition(field, own), op: op as Op, ...typed(fieldOf(field, own).kind, op, value) }
}

/** The members of a group, whichever of the two it is. */
export function groupOf(
  expression: Expression,
): { match: 'all' | 'any'; members: readonly Expression[] } | null {
  if ('all' in expression && Array.isArray(expression.all)) return { match: 'all', members: expression.all }
  if ('any' in expression && Array.isArray(expression.any)) return { match: 'any', members: expression.any }
  return null
}

function typed(kind: Kind, op: string, value: unknown): Partial<DraftCondition> {
  if (kind === 'flag') return { isOn: value !== false }
  if (op === 'any_of' || op === 'none_of') return { chosen: Array.isArray(value) ? value : [] }
  const isDay = kind === 'date' && op !== 'last_days'
  const [from, to] = Array.isArray(value) ? value : [value, undefined]
  const text = (one: unknown) => (one === undefined || one === null ? '' : String(one))
  if (!isDay) return { text: text(from), until: text(to) }
  return { text: dayOf(text(from)), until: to ? lastDayBefore(text(to)) : '' }
}
