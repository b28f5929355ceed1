import type { UseQueryResult } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { type LucideIcon, Plus } from 'lucide-react'
import { type ReactNode, useMemo, useRef } from 'react'
import { useProvide } from '@/commands/context'
import { shortcutOf } from '@/commands/registry'
import { m } from '@/i18n/admin'
import { folded } from '@/lib/search'
import { Button, type Column, EmptyState, ErrorNote, SearchField, Skeleton, Table } from '@/ui'
import styles from './Settings.module.css'
import { type SectionId, sectionLabel } from './sections'
import { useSettingsSearch } from './useSettingsSearch'

interface Row {
  id: number
  name: string
}

interface Props<T extends Row> {
  section: SectionId
  query: UseQueryResult<T[]>
  columns: readonly Column<T>[]
  /** What the search looks into, beside the name. */
  words?: (row: T) => readonly (string | null)[]
  /** What these are and what they are good for. */
  lead: string
  icon: LucideIcon
  /** "New queue"; absent where none can be made. */
  create?: string
  /** Said while there are none: what the first one does for you. */
  empty?: { title: string; words: string }
  /** Beside the search. */
  filter?: ReactNode
}

/** A collection of things that are administered. */
export function ResourceList<T extends Row>(props: Props<T>) {
  const { section, query, lead, create, filter } = props
  const router = useRouter()
  const { search, setSearch } = useSettingsSearch()
  const field = useRef<HTMLInputElement>(null)
  const open = (item: string) =>
    void router.navigate({ to: '/settings/$section/$item', params: { section, item } })
  const hasCreate = create !== undefined
  const part = useMemo(
    () => ({
      settingsList: {
        create: hasCreate
          ? () => void router.navigate({ to: '/settings/$section/$item', params: { section, item: 'new' } })
          : undefined,
        search: () => field.current?.focus(),
      },
    }),
    [hasCreate, router, section],
  )
  useProvide(part)
  const isEmpty = query.data?.length === 0
  return (
    <div className={styles.list}>
      <header className={styles.listHeader}>
        <div className={styles.listHeading}>
          <h2 className={styles.title}>{sectionLabel(section)}</h2>
          <p className={styles.lead}>{lead}</p>
        </div>
        {create && !isEmpty && (
          <Button
            variant="primary"
            icon={Plus}
            shortcut={shortcutOf('settings.new')}
            onPress={() => open('new')}
          >
            {create}
          </Button>
        )}
      </header>
      {!isEmpty && (
        <div className={styles.tools}>
          <SearchField
            label={m.ui_search()}
            value={search}
            onChange={setSearch}
            inputRef={field}
            className={styles.search ?? ''}
          />
          {filter}
        </div>
      )}
      <Rows {...props} search={search} onOpen={row => open(String(row.id))} onCreate={() => open('new')} />
    </div>
  )
}

interface RowsProps<T extends Row> extends Props<T> {
  search: string
  onOpen: (row: T) => void
  onCreate: () => void
}

function Rows<T extends Row>({ query, columns, words, search, onOpen, onCreate, ...props }: RowsProps<T>) {
  if (query.error) return <ErrorNote error={query.error} onRetry={() => void query.refetch()} />
  if (!query.data) return <Skeletons />
  if (query.data.length === 0 && props.empty) {
    return (
      <EmptyState
        icon={props.icon}
        title={props.empty.title}
        action={
          props.create && (
            <Button variant="primary" icon={Plus} onPress={onCreate}>
              {props.create}
            </Button>
          )
        }
      >
        {props.empty.words}
      </EmptyState>
    )
  }
  const wanted = folded(search).split(/\s+/).filter(Boolean)
  const rows = query.data.filter(row => {
    const text = folded([row.name, `#${row.id}`, ...(words?.(row) ?? [])].join(' '))
    return wanted.every(word => text.includes(word))
  })
  return (
    <Table
      label={sectionLabel(props.section)}
      columns={columns}
      rows={rows}
      rowKey={row => row.id}
      onOpen={onOpen}
      empty={<EmptyState title={m.settings_none_found({ text: search })} />}
    />
  )
}

function Skeletons() {
  return (
    <div className={styles.skeletons} aria-busy="true">
      <span className="visually-hidden">{m.ui_loading()}</span>
      {[62, 48, 70, 55].map(width => (
        <Skeleton key={width} width={`${width}%`} />
      ))}
    </div>
  )
}
