import { useQueryClient } from '@tanstack/react-query'
import type { Interaction } from '@/api/types'
import { link } from '@/features/contacts/actions'
import { FindContact } from '@/features/contacts/merge/FindContact'
import { customerName } from '@/features/interactions/words'
import { m } from '@/i18n/pages'
import { fullName } from '@/lib/names'
import { toast } from '@/ui/toasts'

/** Whose interaction it is: somebody who is known already. */
export default function LinkContact({
  interaction,
  onClose,
}: {
  interaction: Interaction
  onClose: () => void
}) {
  const client = useQueryClient()
  return (
    <FindContact
      title={m.contacts_link_title({ name: customerName(interaction) })}
      except={interaction.contact_id}
      initial={interaction.phone && /^\+?[\d ]+$/.test(interaction.phone) ? interaction.phone : ''}
      onChoose={async ({ id }) => {
        const contact = await link(client, interaction.id, { contact_id: id })
        toast(m.contacts_linked({ name: fullName(contact) }), { tone: 'success' })
      }}
      onClose={onClose}
    />
  )
}
