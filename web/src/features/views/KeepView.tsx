import { useQuery, useQueryClient } from '@tanstack/react-query'
import { BookmarkPlus, Save } from 'lucide-react'
import { Suspense, useState } from 'react'
import { Button } from 'react-aria-components/Button'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import { problemWords } from '@/api/problem'
import styles from '@/features/list/Filters.module.css'
import { m } from '@/i18n/pages'
import { later } from '@/ui/later'
import { toast } from '@/ui/toasts'
import type { ShelfProps } from './SavedViews'
import { changedView, type Kept, viewIn } from './shelf'

const SavedViewDialog = later(() => import('./SavedViewDialog'))

/** What is on screen, kept: as a new view, or in the view that one came by. */
export default function KeepView<S extends { saved?: number | undefined }, V extends Kept>({
  shelf,
  search,
  onChange,
}: ShelfProps<S, V>) {
  const client = useQueryClient()
  const { data: views = [] } = useQuery(shelf.query)
  const [isAsked, setAsked] = useState(false)
  const [isPending, setPending] = useState(false)
  const changed = changedView(shelf, views, search)
  const update = async (view: V) => {
    setPending(true)
    try {
      const filter = shelf.filterOf(search)
      const saved = await api.patch<V>(`/${shelf.collection}/${view.id}`, { version: view.version, filter })
      client.setQueryData<V[]>(keys.collection(shelf.collection), held =>
        held?.map(one => (one.id === saved.id ? saved : one)),
      )
      toast(m.views_updated({ name: saved.name }), { tone: 'success' })
    } catch (error) {
      toast(problemWords(error), { tone: 'danger' })
      await client.invalidateQueries({ queryKey: keys.collection(shelf.collection) })
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
      {!viewIn(shelf, views, search) && (
        <Button className={styles.clear ?? ''} onPress={() => setAsked(true)}>
          <BookmarkPlus size={12} aria-hidden="true" />
          <span>{m.views_save()}</span>
        </Button>
      )}
      {isAsked && (
        <Suspense>
          <SavedViewDialog
            collection={shelf.collection}
            view={null}
            filter={shelf.filterOf(search)}
            onSaved={id => onChange({ ...search, saved: id })}
            onClose={() => setAsked(false)}
          />
        </Suspense>
      )}
    </>
  )
}
