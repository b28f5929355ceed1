import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { PanelTopOpen } from 'lucide-react'
import { contactListsQuery } from '@/api/queries'
import { heldContact } from '@/features/contacts/actions'
import { contactItems } from '@/features/contacts/ContactItems'
import { rightsOn } from '@/features/contacts/rights'
import type { MenuProps } from '@/features/list/Grid'
import { m } from '@/i18n/pages'
import { fullName } from '@/lib/names'
import { MenuAt, MenuItem } from '@/ui/Menu'

export default function RowMenu({ id, anchor, onOpen, onClose }: MenuProps) {
  const client = useQueryClient()
  const router = useRouter()
  const { data: lists = [] } = useQuery(contactListsQuery)
  const contact = heldContact(client, id)
  if (!contact) return null
  return (
    <MenuAt label={m.contacts_actions({ name: fullName(contact) })} anchor={anchor} onClose={onClose}>
      <MenuItem icon={PanelTopOpen} shortcut="Enter" onAction={() => onOpen(id)}>
        {m.contact_open()}
      </MenuItem>
      {contactItems({ contact, rights: rightsOn(contact, lists), client, router })}
    </MenuAt>
  )
}
