import type { Expression, InteractionFilter } from '@/api/keys'

/** What the URL of the list says: the filter, and how it is shown. Without a state it is what is open. */
export interface InteractionSearch extends Omit<InteractionFilter, 'state'> {
  state?: NonNullable<InteractionFilter['state']> | 'all'
  view?: 'table'
  /** Names of the table's columns with commas between. */
  columns?: string
  density?: 'compact' | 'roomy'
  /** The saved view one came by; what is on screen may differ from it since. */
  saved?: number
}

/** Kept when one goes from one interaction to the next. */
export const searchNames = [
  'state',
  'account',
  'agent',
  'queue',
  'read',
  'tags',
  'sentiment',
  'from',
  'to',
  'search',
  'expression',
  'sort',
  'order',
  'view',
  'columns',
  'density',
  'saved',
] as const satisfies readonly (keyof InteractionSearch)[]

const states: readonly string[] = ['open', 'closed', 'waiting', 'unassigned', 'active', 'all']
const sorts: readonly unknown[] = ['last', 'started', 'window', 'waiting', 'contact', 'status', 'id']
const sentiments: readonly unknown[] = ['positive', 'neutral', 'mixed', 'negative']
const agents: readonly string[] = ['me', 'all', 'none', 'bot']

/** A URL may have been typed by hand: what makes no sense is left out. */
export function parseInteractionSearch(search: Record<string, unknown>): InteractionSearch {
  const out: InteractionSearch = {}
  const {
    state,
    agent,
    read,
    from,
    to,
    search: text,
    view,
    sort,
    order,
    columns,
    density,
    expression,
    sentiment,
  } = search
  if (typeof state === 'string' && states.includes(state)) out.state = state as NonNullable<typeof out.state>
  if (typeof agent === 'string' && agents.includes(agent)) out.agent = agent as NonNullable<typeof out.agent>
  if (isId(agent)) out.agent = agent
  if (isId(search.account)) out.account = search.account
  if (isId(search.queue)) out.queue = search.queue
  if (read === 'read' || read === 'unread') out.read = read
  if (Array.isArray(search.tags)) {
    const tags = search.tags.filter(isId)
    if (tags.length > 0) out.tags = tags
  }
  if (sentiments.includes(sentiment)) out.sentiment = sentiment as NonNullable<typeof out.sentiment>
  if (isInstant(from)) out.from = from
  if (isInstant(to)) out.to = to
  // The router reads a search for 1234 as a number.
  if ((typeof text === 'string' && text) || typeof text === 'number') out.search = String(text)
  if (sorts.includes(sort)) out.sort = sort as NonNullable<typeof out.sort>
  if (order === 'asc' || order === 'desc') out.order = order
  // What is asked in it the server knows.
  if (typeof expression === 'object' && expression) out.expression = expression as Expression
  if (view === 'table') out.view = view
  if (typeof columns === 'string' && columns) out.columns = columns
  if (density === 'compact' || density === 'roomy') out.density = density
  if (isId(search.saved)) out.saved = search.saved
  return out
}

/** The part that goes to the server and names the list in the cache. */
export function filterOf(search: InteractionSearch): InteractionFilter {
  // What else stands in the address is handed on by the router, and the server would refuse it.
  const {
    view: _view,
    columns: _columns,
    density: _density,
    saved: _saved,
    state,
    ...filter
  } = parseInteractionSearch({ ...search })
  return state === 'all' ? filter : { ...filter, state: state ?? 'open' }
}

function isId(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0
}

function isInstant(value: unknown): value is string {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value))
}
