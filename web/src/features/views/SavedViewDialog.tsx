import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import { isProblem } from '@/api/problem'
import { sessionQuery } from '@/api/queries'
import { m } from '@/i18n/pages'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { ErrorNote } from '@/ui/ErrorNote'
import { Switch } from '@/ui/Switch'
import { TextField } from '@/ui/TextField'
import styles from './SavedViewDialog.module.css'
import type { Kept, Shelf } from './shelf'

interface Props {
  collection: Shelf<object, Kept>['collection']
  /** The one that is changed; null for a new one. */
  view: Kept | null
  /** What is on screen. */
  filter: object
  /** A new one was made. */
  onSaved?: (id: number) => void
  onClose: () => void
}

/** A name for what is on screen, and whether it is everybody's. */
export default function SavedViewDialog({ collection, view, filter, onSaved, onClose }: Props) {
  const client = useQueryClient()
  const role = useQuery({ ...sessionQuery, enabled: false }).data?.user.role
  const [name, setName] = useState(view?.name ?? '')
  const [isShared, setShared] = useState(view?.shared ?? false)
  const [isPending, setPending] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const form = useId()
  const attempt = async (send: () => Promise<unknown>) => {
    if (isPending) return
    setPending(true)
    setError(null)
    try {
      await send()
      await client.invalidateQueries({ queryKey: keys.collection(collection) })
      onClose()
    } catch (problem) {
      setError(problem)
      setPending(false)
    }
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    void attempt(async () => {
      if (view)
        await api.patch(`/${collection}/${view.id}`, { version: view.version, name, shared: isShared })
      else onSaved?.((await api.post<Kept>(`/${collection}`, { name, shared: isShared, filter })).id)
    })
  }
  const wrong = isProblem(error) ? error.field('name') : undefined
  return (
    <Dialog
      title={view ? m.views_edit({ name: view.name }) : m.views_save()}
      isOpen
      onOpenChange={onClose}
      size="small"
      aside={
        view && (
          <Button
            variant="danger"
            isDisabled={isPending}
            onPress={() => void attempt(() => api.delete(`/${collection}/${view.id}`))}
          >
            {m.views_remove()}
          </Button>
        )
      }
      footer={
        <Button variant="primary" type="submit" form={form} isPending={isPending}>
          {m.views_save_button()}
        </Button>
      }
    >
      <form id={form} className={styles.form} onSubmit={onSubmit}>
        <TextField
          label={m.views_name()}
          value={name}
          onChange={setName}
          maxLength={40}
          autoFocus
          error={wrong}
        />
        {role !== 'agent' && (
          <Switch
            label={m.views_shared()}
            description={m.views_shared_help()}
            isSelected={isShared}
            onChange={setShared}
          />
        )}
        {error !== null && !wrong && <ErrorNote error={error} />}
      </form>
    </Dialog>
  )
}
