import { useNavigate } from '@tanstack/react-router'
import type { Contact } from '@/api/types'
import { m } from '@/i18n/admin'
import { fullName } from '@/lib/names'
import { FindContact } from './FindContact'

/** With whom a contact is to be merged. */
export function FindOther({ contact, onClose }: { contact: Contact; onClose: () => void }) {
  const navigate = useNavigate()
  return (
    <FindContact
      title={m.merge_find({ name: fullName(contact) })}
      except={contact.id}
      onChoose={other =>
        navigate({
          to: '/contacts/$contactId/merge/$otherId',
          params: { contactId: contact.id, otherId: other.id },
        })
      }
      onClose={onClose}
    />
  )
}
