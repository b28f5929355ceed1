// What the URL of the contacts says: the filter, and how it is shown.
import type { ContactFilter, Expression } from '@/api/keys'
import type { Density } from '@/features/list/heights'

export interface ContactSearch extends ContactFilter {
  /** Names of the columns with commas between. */
  columns?: string
  /** The saved view that one came by. */
  saved?: number
  density?: Exclude<Density, 'normal'>
}

/** Kept when one goes to a card and back. */
export const contactSearchNames = [
  'list',
  'tags',
  'owner',
  'company',
  'mine',
  'deleted',
  'search',
  'expression',
  'sort',
  'order',
  'columns',
  'density',
  'saved',
] as const satisfies readonly (keyof ContactSearch)[]

const sorts: readonly unknown[] = ['name', 'updated', 'created']

/** A URL may have been typed by hand: what makes no sense is left out. */
export function parseContactSearch(search: Record<string, unknown>): ContactSearch {
  const out: ContactSearch = {}
  const { owner, mine, deleted, search: text, expression, sort, order, columns, density } = search
  if (isId(search.list)) out.list = search.list
  if (isId(search.company)) out.company = search.company
  if (owner === 'me' || isId(owner)) out.owner = owner
  if (Array.isArray(search.tags)) {
    const tags = search.tags.filter(isId)
    if (tags.length > 0) out.tags = tags
  }
  if (mine === true) out.mine = true
  if (deleted === true) out.deleted = true
  // The router reads a search for 1234 as a number.
  if ((typeof text === 'string' && text) || typeof text === 'number') out.search = String(text)
  // What is asked in it the server knows.
  if (typeof expression === 'object' && expression) out.expression = expression as Expression
  if (sorts.includes(sort)) out.sort = sort as NonNullable<typeof out.sort>
  if (order === 'asc' || order === 'desc') out.order = order
  if (typeof columns === 'string' && columns) out.columns = columns
  if (density === 'compact' || density === 'roomy') out.density = density
  if (isId(search.saved)) out.saved = search.saved
  return out
}

/** The part that goes to the server and names the list in the cache. */
export function contactFilterOf(search: ContactSearch): ContactFilter {
  const { columns: _columns, density: _density, saved: _saved, ...filter } = parseContactSearch({ ...search })
  return filter
}

/** What is filtered by besides the view and the list. */
export function narrowedBy(search: ContactSearch): (keyof ContactSearch)[] {
  const names: (keyof ContactSearch)[] = ['tags', 'owner', 'company', 'expression', 'sort']
  return names.filter(name => search[name] !== undefined)
}

export const nothingNarrowed = {
  tags: undefined,
  owner: undefined,
  company: undefined,
  expression: undefined,
  sort: undefined,
  order: undefined,
} satisfies Partial<Record<keyof ContactSearch, undefined>>

function isId(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0
}
