// What the columns of a file are: from what was guessed to what is asked for.
import type { ContactField, ContactImport, ImportMapping, ImportPart, ImportPreview } from '@/api/types'

/** What a column can be, in the order in which it is offered. */
export const parts = [
  'name',
  'first_name',
  'last_name',
  'mobile',
  'phone',
  'number',
  'email',
  'company',
  'address',
  'date_of_birth',
  'language',
  'url',
  'tags',
  'description',
] as const satisfies readonly ImportPart[]

const repeatable: readonly string[] = ['number', 'tags']
const numbers: readonly string[] = ['phone', 'mobile', 'number']
const names: readonly string[] = ['name', 'first_name', 'last_name']

/** What somebody can be known by. */
export type MatchBy = 'phone' | 'email' | 'name'

/** What was said before, else what was guessed; a file read otherwise has other columns. */
export function beginning(
  { mapping }: Pick<ContactImport, 'mapping'>,
  { guessed }: Pick<ImportPreview, 'guessed'>,
): ImportMapping {
  if (mapping && mapping.columns.length === guessed.length) return mapping
  const columns = guessed.map(column => column ?? null)
  return {
    columns,
    match_by: matchable(columns).filter(key => key !== 'name'),
    on_match: 'skip',
    tags: mapping?.tags ?? [],
  }
}

/** Puts a column in; where it may stand only once, it leaves where it stood. */
export function assigned(mapping: ImportMapping, at: number, column: string | null): ImportMapping {
  const columns = mapping.columns.map((held, index) => {
    if (index === at) return column
    return held === column && column !== null && !repeatable.includes(column) ? null : (held ?? null)
  })
  const left = matchable(columns)
  return { ...mapping, columns, match_by: mapping.match_by.filter(key => left.includes(key as MatchBy)) }
}

/** By what somebody could be known again, of what the file holds. */
export function matchable(columns: readonly (string | null)[]): MatchBy[] {
  const has = (some: readonly string[]) => columns.some(column => column !== null && some.includes(column))
  const found: MatchBy[] = []
  if (has(numbers)) found.push('phone')
  if (has(['email'])) found.push('email')
  if (has(names)) found.push('name')
  return found
}

/** Why it cannot be brought in like this. */
export function missing({ columns }: ImportMapping): boolean {
  return matchable(columns.map(column => column ?? null)).length === 0
}

/** The custom fields of a list's contacts. */
export function fieldsOf(fields: readonly ContactField[], list: number): ContactField[] {
  return fields.filter(({ archived, list_id }) => !archived && (list_id === null || list_id === list))
}

/** Required ones that no column holds: whoever is new would be refused. */
export function unfilled(fields: readonly ContactField[], { columns }: ImportMapping): ContactField[] {
  return fields.filter(({ key, required }) => required && !columns.includes(`field:${key}`))
}
