// Writing to a contact first.
import type { Contact } from '@/api/types'
import { askTemplate } from '@/features/templates/dialog'

/** Where single messages go: the mobile number, else the other; none while it is hidden. */
export function numberOf({ mobile, phone }: Contact): string | null {
  const number = mobile ?? phone
  return number !== null && /^\d+$/.test(number) ? `+${number}` : null
}

/** On WhatsApp. */
export function startWith(contact: Contact): void {
  const phone = numberOf(contact)
  if (phone !== null) askTemplate({ kind: 'start', contactId: contact.id, phone })
}
