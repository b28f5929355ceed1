import { useQuery } from '@tanstack/react-query'
import { Pencil } from 'lucide-react'
import { Suspense, useLayoutEffect, useRef, useState } from 'react'
import styles from '@/features/list/Filters.module.css'
import { m } from '@/i18n/pages'
import { cx } from '@/ui/cx'
import { IconButton } from '@/ui/IconButton'
import { later } from '@/ui/later'
import { changedView, type Kept, type Shelf, viewIn } from './shelf'
import { rememberHeight, ViewsPlace } from './ViewsPlace'

const SavedViewDialog = later(() => import('./SavedViewDialog'))

export interface ShelfProps<S extends { saved?: number | undefined }, V extends Kept> {
  shelf: Shelf<S, V>
  search: S
  onChange: (next: S) => void
}

/** Named filters, one's own and everybody's, one click away. */
export default function SavedViews<S extends { saved?: number | undefined }, V extends Kept>({
  shelf,
  search,
  onChange,
}: ShelfProps<S, V>) {
  const { data, isPending } = useQuery(shelf.query)
  const views = data ?? []
  const row = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    if (data) rememberHeight(shelf.collection, row.current?.offsetHeight ?? 0)
  }, [data, shelf])
  const [asked, setAsked] = useState<V | null>(null)
  const current = viewIn(shelf, views, search)
  const changed = changedView(shelf, views, search)
  const editable = changed ?? current
  if (isPending) return <ViewsPlace of={shelf.collection} />
  if (views.length === 0) return null
  return (
    // biome-ignore lint/a11y/useSemanticElements: a row of buttons, no form
    <div ref={row} className={cx(styles.views, styles.savedViews)} role="group" aria-label={m.views_label()}>
      {views.map(view => (
        <button
          key={view.id}
          type="button"
          aria-pressed={view === current}
          title={view.shared ? m.views_shared_title({ name: view.name }) : view.name}
          className={cx(styles.view, styles.saved, view === current && styles.current)}
          onClick={() => onChange({ ...shelf.searchOf(view), saved: view.id })}
        >
          {view === changed ? m.views_changed({ name: view.name }) : view.name}
        </button>
      ))}
      {editable?.may_edit && (
        <IconButton
          icon={Pencil}
          size="small"
          label={m.views_edit({ name: editable.name })}
          onPress={() => setAsked(editable)}
        />
      )}
      {asked && (
        <Suspense>
          <SavedViewDialog
            collection={shelf.collection}
            view={asked}
            filter={shelf.filterOf(search)}
            onClose={() => setAsked(null)}
          />
        </Suspense>
      )}
    </div>
  )
}
