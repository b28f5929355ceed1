// Writing to a contact first.
import type { Contact } from '@/api/types'
import { askTemplate } from '@/features/templates/dialog'

/** Whether there is a number that single messages go to: the mobile one, else the other. */
export function hasNumber({ mobile, phone }: Contact): boolean {
  return (mobile ?? phone) !== null
}

/** On WhatsApp. A number that is hidden stays with the server, which knows whose it is. */
export function startWith(contact: Contact): void {
  const number = contact.mobile ?? contact.phone
  if (number === null) return
  const isHidden = contact.masked.includes('mobile') || contact.masked.includes('phone')
  askTemplate({ kind: 'start', contactId: contact.id, ...(!isHidden && { phone: number }) })
}
