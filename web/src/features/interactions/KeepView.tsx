import { useQuery, useQueryClient } from '@tanstack/react-query'
import { BookmarkPlus, Save } from 'lucide-react'
import { Suspense, useState } from 'react'
import { Button } from 'react-aria-components/Button'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import { problemWords } from '@/api/problem'
import { savedViewsQuery } from '@/api/queries'
import type { SavedView } from '@/api/types'
import styles from '@/features/list/Filters.module.css'
import { m } from '@/i18n/pages'
import { later } from '@/ui/later'
import { toast } from '@/ui/toasts'
import { changedView, filterOfView, viewIn } from './saved'
import type { InteractionSearch } from './search'

const SavedViewDialog = later(() => import('./SavedViewDialog'))

interface Props {
  search: InteractionSearch
  onChange: (next: InteractionSearch) => void
}

/** What is on screen, kept: as a new view, or in the view that one came by. */
export default function KeepView({ search, onChange }: Props) {
  const client = useQueryClient()
  const { data: views = [] } = useQuery(savedViewsQuery)
  const [isAsked, setAsked] = useState(false)
  const [isPending, setPending] = useState(false)
  const changed = changedView(views, search)
  const update = async (view: SavedView) => {
    setPending(true)
    try {
      const filter = filterOfView(search)
      const saved = await api.patch<SavedView>(`/saved_views/${view.id}`, { version: view.version, filter })
      client.setQueryData<SavedView[]>(keys.collection('saved_views'), held =>
        held?.map(one => (one.id === saved.id ? saved : one)),
      )
      toast(m.views_updated({ name: saved.name }), { tone: 'success' })
    } catch (error) {
      toast(problemWords(error), { tone: 'danger' })
      await client.invalidateQueries({ queryKey: keys.collection('saved_views') })
    }
    setPending(false)
  }
  return (
    <>
      {changed?.may_edit && (
        <Button
          className={styles.clear ?? ''}
          isDisabled={isPending}
          aria-label={m.views_update_of({ name: changed.name })}
          onPress={() => void update(changed)}
        >
          <Save size={12} aria-hidden="true" />
          <span>{m.views_update()}</span>
        </Button>
      )}
      {!viewIn(views, search) && (
        <Button className={styles.clear ?? ''} onPress={() => setAsked(true)}>
          <BookmarkPlus size={12} aria-hidden="true" />
          <span>{m.views_save()}</span>
        </Button>
      )}
      {isAsked && (
        <Suspense>
          <SavedViewDialog
            view={null}
            filter={filterOfView(search)}
            onSaved={view => onChange({ ...search, saved: view.id })}
            onClose={() => setAsked(false)}
          />
        </Suspense>
      )}
    </>
  )
}
