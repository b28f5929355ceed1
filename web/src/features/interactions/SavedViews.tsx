import { useQuery } from '@tanstack/react-query'
import { Pencil } from 'lucide-react'
import { Suspense, useLayoutEffect, useRef, useState } from 'react'
import { savedViewsQuery } from '@/api/queries'
import type { SavedView } from '@/api/types'
import styles from '@/features/list/Filters.module.css'
import { m } from '@/i18n/pages'
import { cx } from '@/ui/cx'
import { IconButton } from '@/ui/IconButton'
import { later } from '@/ui/later'
import { changedView, filterOfView, searchOfView, viewIn } from './saved'
import type { InteractionSearch } from './search'
import { rememberHeight, ViewsPlace } from './ViewsPlace'

const SavedViewDialog = later(() => import('./SavedViewDialog'))

const none: readonly SavedView[] = []

interface Props {
  search: InteractionSearch
  onChange: (next: InteractionSearch) => void
}

/** Named filters, one's own and everybody's, one click away. */
export default function SavedViews({ search, onChange }: Props) {
  const { data, isPending } = useQuery(savedViewsQuery)
  const views = data ?? none
  const row = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    if (data) rememberHeight(row.current?.offsetHeight ?? 0)
  }, [data])
  const [asked, setAsked] = useState<SavedView | null>(null)
  const current = viewIn(views, search)
  const changed = changedView(views, search)
  const editable = changed ?? current
  if (isPending) return <ViewsPlace />
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
          onClick={() => onChange({ ...searchOfView(view), saved: view.id })}
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
          <SavedViewDialog view={asked} filter={filterOfView(search)} onClose={() => setAsked(null)} />
        </Suspense>
      )}
    </div>
  )
}
