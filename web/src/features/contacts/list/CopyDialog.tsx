import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { isProblem } from '@/api/problem'
import { contactListsQuery } from '@/api/queries'
import { copy, heldContact } from '@/features/contacts/actions'
import { DuplicateNote } from '@/features/contacts/form/DuplicateNote'
import { useOpenContact } from '@/features/contacts/navigation'
import { listsWith } from '@/features/contacts/words'
import { m } from '@/i18n/pages'
import { fullName } from '@/lib/names'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { ErrorNote } from '@/ui/ErrorNote'
import { Note } from '@/ui/Note'
import { Select } from '@/ui/Select'
import { toast } from '@/ui/toasts'

/** The same person in another list, as a contact of its own. */
export default function CopyDialog({ id, onClose }: { id: number; onClose: () => void }) {
  const client = useQueryClient()
  const open = useOpenContact()
  const contact = heldContact(client, id)
  const { data: lists = [] } = useQuery(contactListsQuery)
  const choices = listsWith(lists, 'add').filter(one => one.id !== contact?.list_id)
  const [chosen, setChosen] = useState<number | null>(null)
  const list = chosen ?? choices[0]?.id ?? null
  const [error, setError] = useState<unknown>(null)
  const [isPending, setPending] = useState(false)
  if (!contact) return null
  const isDuplicate = isProblem(error, 'duplicate')
  const run = async () => {
    if (list === null) return
    setPending(true)
    setError(null)
    try {
      const made = await copy(client, id, list, isDuplicate)
      const to = lists.find(one => one.id === list)?.name ?? ''
      toast(m.contacts_copied({ name: fullName(made), list: to }), {
        tone: 'success',
        action: { label: m.contact_open(), run: () => open(made.id) },
      })
      onClose()
    } catch (problem) {
      setError(problem)
      setPending(false)
    }
  }
  return (
    <Dialog
      title={m.contacts_copy_title({ name: fullName(contact) })}
      isOpen
      onOpenChange={onClose}
      size="small"
      footer={
        <Button variant="primary" isPending={isPending} isDisabled={list === null} onPress={run}>
          {isDuplicate ? m.contacts_copy_anyway() : m.contacts_copy()}
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
          onChange={next => {
            setChosen(next)
            setError(null)
          }}
        />
      )}
      {isDuplicate ? <DuplicateNote problem={error} /> : error !== null && <ErrorNote error={error} />}
    </Dialog>
  )
}
