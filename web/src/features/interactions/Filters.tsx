import { useNavigate } from '@tanstack/react-router'
import { MessageSquarePlus, Table2 } from 'lucide-react'
import { type Ref, Suspense } from 'react'
import type { SavedView } from '@/api/types'
import type { Props as AdvancedProps } from '@/features/conditions/AdvancedDialog'
import { openAdvanced, useAdvancedOpen } from '@/features/conditions/state'
import type { Props as ColumnsProps } from '@/features/list/ColumnsButton'
import styles from '@/features/list/Filters.module.css'
import { SearchBox } from '@/features/list/SearchBox'
import { Views } from '@/features/list/Views'
import { askTemplate } from '@/features/templates/dialog'
import type { ShelfProps } from '@/features/views/SavedViews'
import { ViewsPlace } from '@/features/views/ViewsPlace'
import { m } from '@/i18n'
import { IconButton } from '@/ui/IconButton'
import { later } from '@/ui/later'
import { interactionShelf } from './saved'
import type { InteractionSearch } from './search'
import { interactionColumns, type RowColumn } from './table/columns'
import { narrowedBy, viewOf, views, withView } from './views'

const FilterButton = later(() => import('./FilterButton'))
const SavedViews = later<ShelfProps<InteractionSearch, SavedView>>(
  () => import('@/features/views/SavedViews'),
)
const KeepView = later<ShelfProps<InteractionSearch, SavedView>>(() => import('@/features/views/KeepView'))
const ColumnsButton = later<ColumnsProps<RowColumn, InteractionSearch>>(
  () => import('@/features/list/ColumnsButton'),
)
const Narrowed = later(() => import('./Narrowed'))
const AdvancedDialog = later<AdvancedProps<InteractionSearch>>(
  () => import('@/features/conditions/AdvancedDialog'),
)

interface Props {
  search: InteractionSearch
  inputRef: Ref<HTMLInputElement>
  /** The full width, with columns. */
  isTable: boolean
}

/** Which rows are shown: all of it is in the URL. */
export function Filters({ search, inputRef, isTable }: Props) {
  const navigate = useNavigate()
  const change = (next: InteractionSearch) => void navigate({ to: '.', search: next, replace: true })
  const isNarrowed = narrowedBy(search).length > 0
  const isAdvanced = useAdvancedOpen()
  return (
    <div className={styles.filters}>
      <div className={styles.top}>
        <SearchBox
          label={m.interactions_search_label()}
          placeholder={m.interactions_search()}
          value={search.search ?? ''}
          inputRef={inputRef}
          onChange={text => change({ ...search, search: text || undefined })}
        />
        <Suspense fallback={<span className={styles.button} />}>
          <FilterButton search={search} onChange={change} />
        </Suspense>
        <IconButton
          icon={Table2}
          label={m.interactions_table()}
          command="interactions.table"
          isOn={search.view === 'table'}
          onPress={() => change({ ...search, view: search.view ? undefined : 'table' })}
        />
        {isTable && (
          <Suspense fallback={<span className={styles.button} />}>
            <ColumnsButton set={interactionColumns} search={search} onChange={change} />
          </Suspense>
        )}
        <IconButton
          icon={MessageSquarePlus}
          label={m.templates_start()}
          command="templates.start"
          onPress={() => askTemplate({ kind: 'start' })}
        />
      </div>
      <div className={styles.bar}>
        <Views
          label={m.interactions_view_label()}
          views={views}
          current={viewOf(search)}
          onChange={view => change(withView(search, view))}
        />
        {!isNarrowed && (search.saved || search.view) && (
          <Suspense>
            <KeepView shelf={interactionShelf} search={search} onChange={change} />
          </Suspense>
        )}
      </div>
      <Suspense fallback={<ViewsPlace of="saved_views" />}>
        <SavedViews shelf={interactionShelf} search={search} onChange={change} />
      </Suspense>
      {isNarrowed && (
        <Suspense fallback={<div className={styles.narrowed} />}>
          <Narrowed search={search} onChange={change} />
        </Suspense>
      )}
      {isAdvanced && (
        <Suspense>
          <AdvancedDialog
            about="interaction"
            search={search}
            onChange={change}
            onClose={() => openAdvanced(false)}
          />
        </Suspense>
      )}
    </div>
  )
}
