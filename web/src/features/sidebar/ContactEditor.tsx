import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { contactListsQuery } from '@/api/queries'
import type { Contact, Interaction, InteractionDetail } from '@/api/types'
import { link } from '@/features/contacts/actions'
import { ContactForm } from '@/features/contacts/form/ContactForm'
import { blankDraft } from '@/features/contacts/form/draft'
import { placeOf } from '@/features/contacts/form/kept'
import { useContactForm } from '@/features/contacts/form/useContactForm'
import { listsWith } from '@/features/contacts/words'
import { useSession } from '@/features/signin/session'
import { m } from '@/i18n/pages'
import { Button } from '@/ui/Button'
import { Note } from '@/ui/Note'
import { FactsSkeleton } from './Facts'
import styles from './Sidebar.module.css'

interface Props {
  interaction: Interaction
  address: InteractionDetail['address']
  /** Null for somebody new. */
  contact: Contact | null
  onClose: () => void
}

/** The form of a contact beside the thread; a new one is whose interaction this is. */
export default function ContactEditor(props: Props) {
  const { data: lists } = useQuery(contactListsQuery)
  if (!lists) return <FactsSkeleton />
  const open = listsWith(lists, 'add')
  if (!props.contact && open.length === 0) {
    return (
      <div className={styles.form}>
        <Note action={<Button onPress={props.onClose}>{m.ui_close()}</Button>}>
          {m.contacts_no_list_to_add()}
        </Note>
      </div>
    )
  }
  return <Fields {...props} list={open[0]?.id ?? null} />
}

function Fields({ interaction, address, contact, list, onClose }: Props & { list: number | null }) {
  const client = useQueryClient()
  const { user } = useSession()
  const [blank] = useState(() => {
    const phone = interaction.phone && /^\+?[\d ]+$/.test(interaction.phone) ? interaction.phone : ''
    const [first = '', ...rest] = (address.profile_name ?? '').trim().split(/\s+/)
    return blankDraft(contact?.list_id ?? list, {
      phone,
      mobile: phone,
      first_name: first,
      last_name: rest.join(' '),
    })
  })
  const form = useContactForm({
    contact,
    blank,
    add: body => link(client, interaction.id, { new: body }),
    onSaved: onClose,
    place: placeOf(user.id, interaction.id),
  })
  const cancel = () => {
    form.discard()
    onClose()
  }
  return (
    <div className={styles.form}>
      <div className={styles.formHead}>
        <h3>{contact ? m.contacts_edit_all() : m.contacts_new()}</h3>
        <Button size="small" variant="quiet" onPress={cancel} isDisabled={form.isDirty && contact !== null}>
          {m.ui_close()}
        </Button>
      </div>
      <ContactForm form={form} onCancel={cancel} />
    </div>
  )
}
