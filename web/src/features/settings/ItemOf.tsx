import { type QueryKey, type UseQueryOptions, useQuery } from '@tanstack/react-query'
import { Compass } from 'lucide-react'
import type { ReactNode } from 'react'
import { m } from '@/i18n/admin'
import { EmptyState, ErrorNote, Skeleton } from '@/ui'
import { BackLink } from './form/BackLink'
import styles from './Settings.module.css'
import type { SectionId } from './sections'

interface LoadedProps<T, K extends QueryKey> {
  query: UseQueryOptions<T, Error, T, K>
  children: (data: T) => ReactNode
}

export function Loaded<T, K extends QueryKey>({ query, children }: LoadedProps<T, K>) {
  const { data, error, refetch } = useQuery(query)
  // What is held is still true enough to work with; saving says when it is not.
  if (data !== undefined) return children(data)
  if (error) {
    return (
      <div className={styles.skeletons}>
        <ErrorNote error={error} onRetry={() => void refetch()} />
      </div>
    )
  }
  return (
    <div className={styles.skeletons} aria-busy="true">
      <span className="visually-hidden">{m.ui_loading()}</span>
      <Skeleton width={220} height={20} />
      <Skeleton width="60%" />
      <Skeleton width="72%" />
    </div>
  )
}

interface ItemProps<T, K extends QueryKey> {
  section: SectionId
  query: UseQueryOptions<T[], Error, T[], K>
  /** An id, or "new". */
  item: string
  /** null for a new one. */
  children: (stored: T | null) => ReactNode
}

export function ItemOf<T extends { id: number }, K extends QueryKey>(props: ItemProps<T, K>) {
  const { section, query, item, children } = props
  if (item === 'new') return children(null)
  return (
    <Loaded query={query}>
      {all => {
        const found = all.find(({ id }) => String(id) === item)
        if (found) return children(found)
        return (
          <>
            <BackLink section={section} />
            <EmptyState icon={Compass} title={m.problem_not_found()} />
          </>
        )
      }}
    </Loaded>
  )
}
