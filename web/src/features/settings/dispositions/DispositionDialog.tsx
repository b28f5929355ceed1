import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { isProblem } from '@/api/problem'
import { placesQuery } from '@/api/queries'
import type { Disposition, DispositionScope } from '@/api/types'
import { m } from '@/i18n/admin'
import { Button, Dialog, ErrorNote, Select, TextField } from '@/ui'
import { addDisposition, changeDisposition } from './actions'
import styles from './Dispositions.module.css'
import { scopeWords } from './words'

export type Edited =
  | { what: 'new'; parent: Disposition | null; scope: DispositionScope; scopeId: number }
  | { what: 'change'; one: Disposition }

interface Props {
  edited: Edited
  onDone: (id: number) => void
  onClose: () => void
}

/** A name and what it means; on the first level also what it is for. */
export function DispositionDialog({ edited, onDone, onClose }: Props) {
  const client = useQueryClient()
  const { data: places = [] } = useQuery(placesQuery)
  const one = edited.what === 'change' ? edited.one : null
  const [name, setName] = useState(one?.name ?? '')
  const [description, setDescription] = useState(one?.description ?? '')
  const [place, setPlace] = useState(edited.what === 'new' ? `${edited.scope} ${edited.scopeId}` : '')
  const [isPending, setPending] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const form = useId()
  const save = async () => {
    const texts = { name: name.trim(), description: description.trim() || null }
    if (one) {
      await changeDisposition(client, one, texts)
      return one.id
    }
    const [scope = 'global', scopeId = '0'] = place.split(' ')
    const parent = edited.what === 'new' ? edited.parent : null
    const made = await addDisposition(client, {
      ...texts,
      parent_id: parent?.id ?? null,
      scope: scope as DispositionScope,
      scope_id: Number(scopeId),
    })
    return made.id
  }
  const onSubmit = async (event: FormEvent) => {
    event.preventDefault()
    if (isPending) return
    setPending(true)
    setError(null)
    try {
      onDone(await save())
    } catch (problem) {
      setError(problem)
    } finally {
      setPending(false)
    }
  }
  const field = (of: string) => (isProblem(error) ? error.field(of) : undefined)
  const isPlaced = field('name') !== undefined || field('description') !== undefined
  const title = one
    ? m.settings_disposition_change({ name: one.name })
    : edited.what === 'new' && edited.parent
      ? m.settings_disposition_below({ name: edited.parent.name })
      : m.settings_disposition_new()
  return (
    <Dialog
      title={title}
      isOpen
      onOpenChange={onClose}
      size="small"
      footer={
        <Button variant="primary" type="submit" form={form} isPending={isPending}>
          {one ? m.settings_disposition_save() : m.settings_disposition_create()}
        </Button>
      }
    >
      <form id={form} className={styles.form} onSubmit={event => void onSubmit(event)}>
        <TextField
          label={m.settings_name()}
          value={name}
          onChange={setName}
          maxLength={60}
          autoFocus
          error={field('name')}
        />
        <TextField
          label={m.settings_description()}
          value={description}
          onChange={setDescription}
          maxLength={200}
          error={field('description')}
        />
        {edited.what === 'new' && !edited.parent && (
          <Select
            label={m.settings_disposition_for()}
            value={place}
            onChange={setPlace}
            error={field('scope_id')}
            options={[
              { id: 'global 0', label: scopeWords('global', null) },
              ...places.map(({ scope, scope_id: id, name: of }) => ({
                id: `${scope} ${id}`,
                label: scopeWords(scope, of),
              })),
            ]}
          />
        )}
        {error !== null && !isPlaced && <ErrorNote error={error} />}
      </form>
    </Dialog>
  )
}
