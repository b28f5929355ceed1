import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { ChevronLeft } from 'lucide-react'
import { useState } from 'react'
import { contactQuery } from '@/api/queries'
import type { ContactCard } from '@/api/types'
import { Absent } from '@/features/contacts/card/Absent'
import { lastContactSearch } from '@/features/contacts/navigation'
import { m } from '@/i18n/pages'
import { fullName } from '@/lib/names'
import { Note } from '@/ui/Note'
import { SkeletonRows } from '@/ui/Skeleton'
import { ContactForm } from './ContactForm'
import { blankDraft } from './draft'
import styles from './Form.module.css'
import { useContactForm } from './useContactForm'

export default function EditPage() {
  const { contactId } = useParams({ from: '/desk/frame/contacts/$contactId/edit' })
  const { data, error, refetch } = useQuery({ ...contactQuery(contactId), refetchOnMount: 'always' })
  if (error && !data) return <Absent error={error} onRetry={() => void refetch()} />
  return (
    <div className={styles.page}>
      <title>{`${data ? fullName(data) : m.contacts_edit()} · Pronto`}</title>
      <Link
        to="/contacts/$contactId"
        params={{ contactId }}
        search={lastContactSearch()}
        className={styles.back}
      >
        <ChevronLeft size={16} strokeWidth={1.75} aria-hidden="true" />
        {m.contacts_back_to_card()}
      </Link>
      <h1 className={styles.title}>{data ? fullName(data) : m.contacts_edit()}</h1>
      {!data && <SkeletonRows count={4} />}
      {data?.may_edit === false && <Note>{m.sidebar_read_only()}</Note>}
      {data && data.may_edit !== false && <Fields key={data.id} contact={data} />}
    </div>
  )
}

function Fields({ contact }: { contact: ContactCard }) {
  const navigate = useNavigate()
  const [blank] = useState(() => blankDraft(contact.list_id))
  const toCard = () =>
    void navigate({
      to: '/contacts/$contactId',
      params: { contactId: contact.id },
      search: lastContactSearch(),
    })
  const form = useContactForm({ contact, blank, onSaved: toCard })
  return <ContactForm form={form} onCancel={toCard} />
}
