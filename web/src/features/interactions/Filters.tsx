import { useNavigate } from '@tanstack/react-router'
import { MessageSquarePlus, Table2 } from 'lucide-react'
import { type KeyboardEvent, type Ref, Suspense, useRef } from 'react'
import { askTemplate } from '@/features/templates/dialog'
import { m } from '@/i18n'
import { cx } from '@/ui/cx'
import { IconButton } from '@/ui/IconButton'
import { later } from '@/ui/later'
import { openAdvanced, useAdvancedOpen } from './advanced/state'
import styles from './Filters.module.css'
import { SearchBox } from './SearchBox'
import type { InteractionSearch } from './search'
import { ViewsPlace } from './ViewsPlace'
import { narrowedBy, viewOf, views, withView } from './views'

const FilterButton = later(() => import('./FilterButton'))
const SavedViews = later(() => import('./SavedViews'))
const KeepView = later(() => import('./KeepView'))
const ColumnsButton = later(() => import('./table/ColumnsButton'))
const Narrowed = later(() => import('./Narrowed'))
const AdvancedDialog = later(() => import('./advanced/AdvancedDialog'))

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
  const current = viewOf(search)
  const isNarrowed = narrowedBy(search).length > 0
  const isAdvanced = useAdvancedOpen()
  const group = useRef<HTMLDivElement>(null)
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (by === 0) return
    event.preventDefault()
    const at = current ? views.indexOf(current) : -1
    const next = (at + by + views.length) % views.length
    const view = views[next]
    if (view) change(withView(search, view))
    group.current?.querySelectorAll('button')[next]?.focus()
  }
  return (
    <div className={styles.filters}>
      <div className={styles.top}>
        <SearchBox
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
            <ColumnsButton search={search} onChange={change} />
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
        {/* One tab stop, as for the radio buttons that they are. */}
        <div
          ref={group}
          className={styles.views}
          role="radiogroup"
          aria-label={m.interactions_view_label()}
          onKeyDown={onKeyDown}
        >
          {views.map(view => (
            // biome-ignore lint/a11y/useSemanticElements: drawn as a row of words
            <button
              key={view.id}
              type="button"
              role="radio"
              aria-checked={view === current}
              tabIndex={view === current || (!current && view === views[0]) ? 0 : -1}
              className={cx(styles.view, view === current && styles.current)}
              onClick={() => change(withView(search, view))}
            >
              {view.label()}
            </button>
          ))}
        </div>
        {!isNarrowed && (search.saved || search.view) && (
          <Suspense>
            <KeepView search={search} onChange={change} />
          </Suspense>
        )}
      </div>
      <Suspense fallback={<ViewsPlace />}>
        <SavedViews search={search} onChange={change} />
      </Suspense>
      {isNarrowed && (
        <Suspense fallback={<div className={styles.narrowed} />}>
          <Narrowed search={search} onChange={change} />
        </Suspense>
      )}
      {isAdvanced && (
        <Suspense>
          <AdvancedDialog search={search} onChange={change} onClose={() => openAdvanced(false)} />
        </Suspense>
      )}
    </div>
  )
}
