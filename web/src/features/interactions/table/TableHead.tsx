// biome-ignore-all lint/a11y/useSemanticElements: rows that are only partly there cannot be a table
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus; what can be pressed is a button
import { useQuery } from '@tanstack/react-query'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import type { UserRef } from '@/api/types'
import { fieldWords } from '@/features/conditions/words'
import { ownKeys } from '@/features/list/columns'
import { HeadCell } from '@/features/list/HeadCell'
import styles from '@/features/list/Table.module.css'
import { useColumns } from '@/features/list/useColumns'
import { useSession } from '@/features/signin/session'
import { m } from '@/i18n/pages'
import { useDebounced } from '@/lib/useDebounced'
import type { InteractionSearch } from '../search'
import { mayOrder, orderOf, turned } from '../sorting'
import { interactionColumns as columns } from './columns'
import { useContactValues } from './values'

interface Props {
  search: InteractionSearch
  /** The rows on screen. */
  ids: readonly number[]
  onChange: (search: InteractionSearch) => void
}

/** What stands in each column; a press orders by it. */
export default function TableHead({ search, ids, onChange }: Props) {
  const { own, isKnown, names } = useColumns(columns, search.columns)
  const { masked } = useSession().user
  const now = orderOf(search)
  useWatching(ids, names.includes('watching'))
  useContactValues(ids, isKnown ? ownKeys(names) : [])
  return (
    <div className={styles.head} role="row" style={columns.gridOf(names)}>
      <span role="columnheader" aria-label={m.table_select()} />
      {names.map(name => {
        const { sort } = columns.columnOf(name)
        return (
          <HeadCell
            key={name}
            words={columns.isRow(name) || own.length > 0 ? fieldWords(name, { own }) : ''}
            order={sort === now.sort ? now.order : undefined}
            onSort={sort && mayOrder(sort, masked) ? () => onChange(turned(search, sort)) : undefined}
          />
        )
      })}
      <span role="columnheader" aria-label={m.table_actions()} />
    </div>
  )
}

interface Watched {
  interaction_id: number
  users: UserRef[]
}

/** Who has these open. No frame tells of what one has not open oneself, so it is asked again while it is on screen. */
function useWatching(ids: readonly number[], isShown: boolean): void {
  const asked = useDebounced(ids.join(','), 300)
  useQuery({
    queryKey: ['watchers', asked],
    queryFn: async ({ client, signal }) => {
      const watched = await api.get<Watched[]>('/interactions/watching', { query: { ids: asked }, signal })
      for (const id of asked.split(',').map(Number)) {
        const users = watched.find(one => one.interaction_id === id)?.users ?? []
        client.setQueryData<UserRef[]>(keys.watching(id), users)
      }
      return watched
    },
    enabled: isShown && asked !== '',
    staleTime: 0,
    gcTime: 0,
    refetchInterval: 5_000,
  })
}
