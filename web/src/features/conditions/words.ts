// A search in words: what the chips over the list say.
import type { Condition, Expression } from '@/api/keys'
import type { ContactField, Sentiment } from '@/api/types'
import { sentimentWords } from '@/features/interactions/Sentiment'
import { dayOf, lastDayBefore } from '@/features/list/days'
import { region } from '@/i18n'
import { m } from '@/i18n/pages'
import { millis } from '@/lib/time'
import { groupOf } from './draft'
import { type FieldName, fieldOf, isField, me, type Op, ownOf, type Source, type Subject } from './fields'

export interface Named {
  id: number
  name: string
}

export interface Sources extends Record<Source, readonly Named[]> {
  about: Subject
  /** The custom fields of contacts. */
  own: readonly ContactField[]
}

/** The message behind a name that stands in the URL. */
function say(key: string): string {
  const message = (m as unknown as Record<string, (() => string) | undefined>)[key]
  return message?.() ?? key
}

/** What the desk itself keeps of an interaction, as the table's heads say it. */
export function columnWords(name: string): string {
  return say(`field_${name}`)
}

export function fieldWords(field: string, { own }: Pick<Sources, 'own'>): string {
  const one = ownOf(field, own)
  if (!one) return columnWords(field)
  const name = one.list_name === null ? one.name : `${one.name} (${one.list_name})`
  if (one.archived) return m.advanced_archived({ name })
  return one.hidden ? m.advanced_hidden({ name }) : name
}

/** How it is tested: of dates and numbers the same word means something else. */
export function opWords(field: FieldName, op: Op, { own }: Sources): string {
  const { kind } = fieldOf(field, own)
  if (kind === 'digits' && op === 'contains') return m.advanced_op_contains_digits()
  if (kind === 'text' && op === 'contains') return m.advanced_op_contains_words()
  if (kind === 'words') return m.advanced_op_contains_words()
  if (kind === 'flag') return m.advanced_op_is()
  return say(`advanced_op_${op}`)
}

export function choiceWords(field: FieldName, choice: unknown, sources: Sources): string {
  const { kind, source } = fieldOf(field, sources.own)
  if (kind === 'choices') return String(choice)
  if (choice === me && kind === 'agents') return m.interactions_filter_me()
  if (kind === 'states') return say(`advanced_state_${choice}`)
  if (kind === 'sentiments') return sentimentWords(choice as Sentiment)
  if (kind === 'origins') return say(`contacts_origin_${choice}`)
  if (kind === 'ways') return choice === 'in' ? m.advanced_way_in() : m.advanced_way_out()
  const named = source ? sources[source].find(({ id }) => id === choice) : undefined
  return named?.name ?? `#${choice}`
}

/** One condition or group, in a line. */
export function words(expression: Expression, sources: Sources): string {
  const group = groupOf(expression)
  if (group) {
    const between = group.match === 'all' ? m.advanced_and() : m.advanced_or()
    return group.members
      .map(member => {
        const inner = words(member, sources)
        return groupOf(member) ? `(${inner})` : inner
      })
      .join(` ${between} `)
  }
  const { field, op, value } = expression as Condition
  if (!isField(field, sources.own)) return String(field)
  const name = fieldWords(field, sources)
  if (fieldOf(field, sources.own).kind === 'flag') {
    return value === false ? m.advanced_not({ what: name }) : name
  }
  const said = valueWords(field, op, value, sources)
  return `${name} ${opWords(field, op as Op, sources)}${said ? ` ${said}` : ''}`
}

function valueWords(field: FieldName, op: string, value: unknown, sources: Sources): string {
  const { kind } = fieldOf(field, sources.own)
  if (op === 'empty' || op === 'filled') return ''
  if (op === 'last_days') return m.advanced_days({ count: Number(value) })
  if (op === 'any_of' || op === 'none_of') {
    const choices = Array.isArray(value) ? value : [value]
    return choices.map(choice => choiceWords(field, choice, sources)).join(', ')
  }
  if (kind === 'date') {
    if (Array.isArray(value))
      return `${dayWords(dayOf(String(value[0])))} – ${dayWords(lastDayBefore(String(value[1])))}`
    return dayWords(dayOf(String(value)))
  }
  if (kind !== 'number' && kind !== 'decimal') return `“${value}”`
  const said = (one: unknown) =>
    Number(one).toLocaleString(region(), { maximumFractionDigits: 10, useGrouping: false })
  return Array.isArray(value) ? value.map(said).join(' – ') : said(value)
}

function dayWords(day: string): string {
  const at = millis(`${day}T12:00:00`)
  if (Number.isNaN(at)) return day
  return new Date(at).toLocaleDateString(document.documentElement.lang, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  })
}
