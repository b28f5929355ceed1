import { useQueryClient } from '@tanstack/react-query'
import { m } from '@/i18n'
import { ConfirmDialog } from '@/ui/ConfirmDialog'
import { toast } from '@/ui/toasts'
import { close, heldInteraction } from './actions'
import { askToClose } from './closing'
import { customerName } from './words'

/** Closing ends the customer's turn, so it asks once. Enter says yes. */
export default function CloseDialog({ id }: { id: number }) {
  const client = useQueryClient()
  const interaction = heldInteraction(client, id)
  if (!interaction) return null
  const name = customerName(interaction)
  const { unmanaged } = interaction
  return (
    <ConfirmDialog
      title={m.interactions_close_title({ name })}
      confirm={m.interactions_close()}
      isOpen
      onOpenChange={() => askToClose(null)}
      onConfirm={async () => {
        await close(client, id)
        toast(m.interactions_closed_done({ name }), { tone: 'success' })
      }}
    >
      <p>{m.interactions_close_text({ name })}</p>
      {unmanaged > 0 && <p>{m.interactions_close_unanswered({ count: unmanaged })}</p>}
    </ConfirmDialog>
  )
}
