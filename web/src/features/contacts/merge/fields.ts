// What two records have that is to become one: whose each field is, and what is the same either way. Pure but for the
// reader's language.
import type { Contact, ContactField } from '@/api/types'
import { shownOf } from '@/features/sidebar/own'
import { locale, region } from '@/i18n'
import { m } from '@/i18n/admin'

export type Side = 'target' | 'source'

/** One field of both, as it is read; empty where there is nothing. */
export interface Pair {
  /** As the API names it. */
  field: string
  label: string
  target: string
  source: string
}

const plain: readonly { field: string; label: () => string; of: (contact: Contact) => string | null }[] = [
  { field: 'first_name', label: () => m.sidebar_first_name(), of: ({ first_name }) => first_name },
  { field: 'last_name', label: () => m.sidebar_last_name(), of: ({ last_name }) => last_name },
  { field: 'phone', label: () => m.sidebar_phone(), of: ({ phone }) => phone },
  { field: 'mobile', label: () => m.sidebar_mobile(), of: ({ mobile }) => mobile },
  { field: 'email', label: () => m.sidebar_email(), of: ({ email }) => email },
  { field: 'company', label: () => m.sidebar_company(), of: ({ company }) => company },
  { field: 'postal_address', label: () => m.merge_address(), of: ({ postal_address }) => postal_address },
  {
    field: 'date_of_birth',
    label: () => m.merge_birthday(),
    of: ({ date_of_birth }) => dayWords(date_of_birth),
  },
  { field: 'url', label: () => m.merge_url(), of: ({ url }) => url },
  { field: 'language', label: () => m.sidebar_language(), of: ({ language }) => languageWords(language) },
  { field: 'owner', label: () => m.merge_owner(), of: ({ owner }) => owner?.name ?? null },
  { field: 'description', label: () => m.sidebar_description(), of: ({ description }) => description },
]

/** By what one tells a contact from another. */
export function factsOf({ phone, mobile, email, company }: Contact): string {
  const facts = new Set([phone, mobile, email, company])
  return [...facts].filter(Boolean).join(' · ')
}

function dayWords(day: string | null): string | null {
  if (day === null) return null
  const at = new Date(`${day}T00:00:00Z`)
  const words = new Intl.DateTimeFormat(region(), { dateStyle: 'medium', timeZone: 'UTC' })
  return Number.isNaN(at.getTime()) ? day : words.format(at)
}

function languageWords(code: string | null): string | null {
  if (code === null) return null
  try {
    return new Intl.DisplayNames([locale()], { type: 'language' }).of(code) ?? code
  } catch {
    return code
  }
}

/** Every field that either of them has anything in. */
export function pairsOf(target: Contact, source: Contact, own: readonly ContactField[]): Pair[] {
  const known = plain.map(({ field, label, of }) => ({
    field,
    label: label(),
    target: of(target) ?? '',
    source: of(source) ?? '',
  }))
  const custom = own
    .filter(({ archived, list_id }) => !archived && (list_id === null || list_id === target.list_id))
    .map(field => ({
      field: `fields.${field.key}`,
      label: field.name,
      target: shownOf(field, target.fields[field.key]),
      source: shownOf(field, source.fields[field.key]),
    }))
  return [...known, ...custom].filter(({ target, source }) => target !== '' || source !== '')
}

/** Whether one has to be left behind. */
export function isDoubtful({ target, source }: Pair): boolean {
  return target !== '' && source !== '' && target !== source
}

/** Whose it is unless one says otherwise: the one's that stays, or the other's where that is empty. */
export function usualSide({ target }: Pair): Side {
  return target === '' ? 'source' : 'target'
}

/** What is told to the server: only what was chosen against the usual. */
export function choicesOf(
  pairs: readonly Pair[],
  chosen: Readonly<Record<string, Side>>,
): Record<string, Side> {
  const against = pairs.filter(
    pair => isDoubtful(pair) && (chosen[pair.field] ?? 'target') !== usualSide(pair),
  )
  return Object.fromEntries(against.map(({ field }) => [field, 'source' as const]))
}

/** What both have of something, each once, the first one's first. */
export function united(one: readonly string[], other: readonly string[]): string[] {
  return [...new Set([...one, ...other])]
}
