// The lists that are one click away. Each is a state and perhaps "mine"; what else is filtered by stays.
import { m } from '@/i18n'
import type { InteractionSearch } from './search'

export interface View {
  id: 'mine' | 'waiting' | 'unassigned' | 'open' | 'closed' | 'all'
  label: () => string
  state: InteractionSearch['state']
  isMine?: boolean
}

export const views: readonly View[] = [
  { id: 'mine', label: () => m.interactions_view_mine(), state: undefined, isMine: true },
  { id: 'waiting', label: () => m.interactions_view_waiting(), state: 'waiting' },
  { id: 'unassigned', label: () => m.interactions_view_unassigned(), state: 'unassigned' },
  { id: 'open', label: () => m.interactions_view_open(), state: undefined },
  { id: 'closed', label: () => m.interactions_view_closed(), state: 'closed' },
  { id: 'all', label: () => m.interactions_view_all(), state: 'all' },
]

export function viewOf(search: InteractionSearch): View | undefined {
  const state = search.state === 'open' ? undefined : search.state
  const isMine = search.agent === 'me' && state === undefined
  return views.find(view => view.state === state && (view.isMine ?? false) === isMine)
}

export function withView(search: InteractionSearch, view: View): InteractionSearch {
  const agent = view.isMine ? 'me' : search.agent === 'me' ? undefined : search.agent
  return { ...search, state: view.state, agent, saved: undefined }
}

/** What is filtered by besides the view: the names of the fields that are set. */
export function narrowedBy(search: InteractionSearch): (keyof InteractionSearch)[] {
  const names: (keyof InteractionSearch)[] = [
    'account',
    'queue',
    'read',
    'tags',
    'sentiment',
    'from',
    'to',
    'expression',
    'sort',
  ]
  const found = names.filter(name => search[name] !== undefined)
  const isAgentOfView = viewOf(search)?.isMine ?? false
  if (search.agent !== undefined && search.agent !== 'all' && !isAgentOfView) found.push('agent')
  return found
}

export const nothingNarrowed = {
  account: undefined,
  queue: undefined,
  read: undefined,
  tags: undefined,
  sentiment: undefined,
  from: undefined,
  to: undefined,
  agent: undefined,
  expression: undefined,
  sort: undefined,
  order: undefined,
  search: undefined,
  saved: undefined,
} satisfies Partial<Record<keyof InteractionSearch, undefined>>
