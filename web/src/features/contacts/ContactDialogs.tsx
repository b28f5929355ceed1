import { useQueryClient } from '@tanstack/react-query'
import { Suspense } from 'react'
import { later } from '@/ui/later'
import { heldContact } from './actions'
import { askAbout, useContactAsk } from './asking'

const CopyDialog = later(() => import('./list/CopyDialog'))
const MoveDialog = later(() => import('./list/MoveDialog'))
const DeleteDialog = later(() => import('./list/DeleteDialog'))
const FindOther = later(async () => ({ default: (await import('./merge/FindOther')).FindOther }))
const TagContacts = later(() => import('./list/TagContacts'))

/** Downloaded when first asked for. */
export function ContactDialogs() {
  const ask = useContactAsk()
  const client = useQueryClient()
  const onClose = () => askAbout(null)
  const merged = ask?.what === 'merge' ? heldContact(client, ask.id) : undefined
  return (
    <Suspense>
      {ask?.what === 'copy' && <CopyDialog id={ask.id} onClose={onClose} />}
      {merged && <FindOther contact={merged} onClose={onClose} />}
      {ask?.what === 'move' && <MoveDialog ids={ask.ids} onClose={onClose} />}
      {ask?.what === 'delete' && <DeleteDialog ids={ask.ids} onClose={onClose} />}
      {ask?.what === 'tags' && <TagContacts ids={ask.ids} onClose={onClose} />}
    </Suspense>
  )
}
