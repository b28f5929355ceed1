import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { contactListsQuery } from '@/api/queries'
import { failedWords, heldContact, moveMany } from '@/features/contacts/actions'
import { listsWith } from '@/features/contacts/words'
import { m } from '@/i18n/pages'
import { fullName } from '@/lib/names'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { ErrorNote } from '@/ui/ErrorNote'
import { Note } from '@/ui/Note'
import { Select } from '@/ui/Select'
import { toast } from '@/ui/toasts'

/** Into another list, one or several. */
export default function MoveDialog({ ids, onClose }: { ids: readonly number[]; onClose: () => void }) {
  const client = useQueryClient()
  const only = ids.length === 1 && ids[0] !== undefined ? heldContact(client, ids[0]) : undefined
  const { data: lists = [] } = useQuery(contactListsQuery)
  // Where all of them are already is nowhere to move them.
  const homes = new Set(ids.map(id => heldContact(client, id)?.list_id))
  const choices = listsWith(lists, 'add').filter(one => homes.size > 1 || !homes.has(one.id))
  const [chosen, setChosen] = useState<number | null>(null)
  const list = chosen ?? choices[0]?.id ?? null
  const [error, setError] = useState<unknown>(null)
  const [isPending, setPending] = useState(false)
  const run = async () => {
    if (list === null) return
    setPending(true)
    setError(null)
    try {
      const { done, failed } = await moveMany(ids, list)
      const to = lists.find(one => one.id === list)?.name ?? ''
      if (done.length > 0) toast(m.contacts_moved({ count: done.length, list: to }), { tone: 'success' })
      if (failed.length > 0) toast(failedWords(failed), { tone: 'danger' })
      onClose()
    } catch (problem) {
      setError(problem)
      setPending(false)
    }
  }
  return (
    <Dialog
      title={
        only ? m.contacts_move_title({ name: fullName(only) }) : m.contacts_move_many({ count: ids.length })
      }
      isOpen
      onOpenChange={onClose}
      size="small"
      footer={
        <Button variant="primary" isPending={isPending} isDisabled={list === null} onPress={run}>
          {m.contacts_move()}
        </Button>
      }
    >
      {choices.length === 0 ? (
        <Note>{m.contacts_no_other_list()}</Note>
      ) : (
        <Select
          label={m.contacts_list()}
          options={choices.map(one => ({ id: one.id, label: one.name }))}
          value={list}
          onChange={setChosen}
        />
      )}
      {error !== null && <ErrorNote error={error} />}
    </Dialog>
  )
}
