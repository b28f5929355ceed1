import { useQueryClient } from '@tanstack/react-query'
import { deleteMany, failedWords, heldContact } from '@/features/contacts/actions'
import { m } from '@/i18n/pages'
import { fullName } from '@/lib/names'
import { ConfirmDialog } from '@/ui/ConfirmDialog'
import { toast } from '@/ui/toasts'

/** They are kept, and can be brought back. */
export default function DeleteDialog({ ids, onClose }: { ids: readonly number[]; onClose: () => void }) {
  const client = useQueryClient()
  const only = ids.length === 1 && ids[0] !== undefined ? heldContact(client, ids[0]) : undefined
  const run = async () => {
    const { done, failed } = await deleteMany(ids)
    if (done.length > 0) toast(m.contacts_deleted({ count: done.length }), { tone: 'success' })
    if (failed.length > 0) toast(failedWords(failed), { tone: 'danger' })
  }
  return (
    <ConfirmDialog
      title={
        only
          ? m.contacts_delete_title({ name: fullName(only) })
          : m.contacts_delete_many({ count: ids.length })
      }
      confirm={m.contacts_delete()}
      isDanger
      isOpen
      onOpenChange={onClose}
      onConfirm={run}
    >
      {m.contacts_delete_help()}
    </ConfirmDialog>
  )
}
