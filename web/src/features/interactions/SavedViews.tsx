import { useQuery } from '@tanstack/react-query'
import { BookmarkPlus, Pencil } from 'lucide-react'
import { Suspense, useState } from 'react'
import { savedViewsQuery } from '@/api/queries'
import type { SavedView } from '@/api/types'
import { m } from '@/i18n/pages'
import { cx } from '@/ui/cx'
import { IconButton } from '@/ui/IconButton'
import { later } from '@/ui/later'
import styles from './Filters.module.css'
import { filterOfView, searchOfView, viewIn } from './saved'
import type { InteractionSearch } from './search'
import { narrowedBy } from './views'

const SavedViewDialog = later(() => import('./SavedViewDialog'))

interface Props {
  search: InteractionSearch
  onChange: (next: InteractionSearch) => void
}

/** Named filters, one's own and everybody's, one click away; what is on screen can become one. */
export default function SavedViews({ search, onChange }: Props) {
  const { data: views = [] } = useQuery(savedViewsQuery)
  const [asked, setAsked] = useState<SavedView | 'new' | null>(null)
  const current = viewIn(views, search)
  const canSave = !current && narrowedBy(search).length > 0
  if (views.length === 0 && !canSave) return null
  return (
    // biome-ignore lint/a11y/useSemanticElements: a row of buttons, no form
    <div className={styles.views} role="group" aria-label={m.views_label()}>
      {views.map(view => (
        <button
          key={view.id}
          type="button"
          aria-pressed={view === current}
          title={view.shared ? m.views_shared_title({ name: view.name }) : view.name}
          className={cx(styles.view, styles.saved, view === current && styles.current)}
          onClick={() => onChange({ ...searchOfView(view), view: search.view })}
        >
          {view.name}
        </button>
      ))}
      {current?.may_edit && (
        <IconButton
          icon={Pencil}
          size="small"
          label={m.views_edit({ name: current.name })}
          onPress={() => setAsked(current)}
        />
      )}
      {canSave && (
        <IconButton icon={BookmarkPlus} size="small" label={m.views_save()} onPress={() => setAsked('new')} />
      )}
      {asked && (
        <Suspense>
          <SavedViewDialog
            view={asked === 'new' ? null : asked}
            filter={filterOfView(search)}
            onClose={() => setAsked(null)}
          />
        </Suspense>
      )}
    </div>
  )
}
