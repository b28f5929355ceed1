// biome-ignore-all lint/a11y/useSemanticElements: rows that are only partly there cannot be a table
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus; what can be pressed is a button
import { useQuery } from '@tanstack/react-query'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import type { ContactField, UserRef } from '@/api/types'
import { useSession } from '@/features/signin/session'
import { m } from '@/i18n/pages'
import { useDebounced } from '@/lib/useDebounced'
import { fieldWords } from '../advanced/words'
import type { InteractionSearch } from '../search'
import { mayOrder, orderOf, turned } from '../sorting'
import { type ColumnName, columnOf, gridOf, isRowColumn, ownKeys } from './columns'
import styles from './Table.module.css'
import { useColumns } from './useColumns'
import { useContactValues } from './values'

interface Props {
  search: InteractionSearch
  /** The rows on screen. */
  ids: readonly number[]
  onChange: (search: InteractionSearch) => void
}

/** What stands in each column; a press orders by it. */
export default function TableHead({ search, ids, onChange }: Props) {
  const { own, isKnown, names } = useColumns(search.columns)
  useWatching(ids, names.includes('watching'))
  useContactValues(ids, isKnown ? ownKeys(names) : [])
  return (
    <div className={styles.head} role="row" style={gridOf(names)}>
      <span role="columnheader" aria-label={m.table_select()} />
      {names.map(name => (
        <HeadCell key={name} name={name} own={own} search={search} onChange={onChange} />
      ))}
      <span role="columnheader" aria-label={m.table_actions()} />
    </div>
  )
}

interface HeadProps extends Omit<Props, 'ids'> {
  name: ColumnName
  own: readonly ContactField[]
}

function HeadCell({ name, own, search, onChange }: HeadProps) {
  const { sort } = columnOf(name)
  const { masked } = useSession().user
  const isKnown = isRowColumn(name) || own.length > 0
  const words = isKnown ? fieldWords(name, { own }) : ''
  if (!sort || !mayOrder(sort, masked)) {
    return (
      <span role="columnheader" className={styles.title} title={words}>
        {words}
      </span>
    )
  }
  const now = orderOf(search)
  const isBy = now.sort === sort
  const Arrow = now.order === 'asc' ? ArrowUp : ArrowDown
  return (
    <span
      role="columnheader"
      className={styles.title}
      aria-sort={isBy ? (now.order === 'asc' ? 'ascending' : 'descending') : 'none'}
    >
      <button type="button" className={styles.sort} onClick={() => onChange(turned(search, sort))}>
        <span>{words}</span>
        {isBy && <Arrow size={14} aria-hidden="true" />}
      </button>
    </span>
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
