import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { contactListsQuery } from '@/api/queries'
import { lastContactSearch } from '@/features/contacts/navigation'
import { listsWith } from '@/features/contacts/words'
import { m } from '@/i18n/pages'
import { ErrorNote } from '@/ui/ErrorNote'
import { Note } from '@/ui/Note'
import { SkeletonRows } from '@/ui/Skeleton'
import { BackToList } from './BackToList'
import { ContactForm } from './ContactForm'
import { blankDraft } from './draft'
import styles from './Form.module.css'
import { useContactForm } from './useContactForm'

export default function NewPage() {
  const { data: lists, error, refetch } = useQuery(contactListsQuery)
  const open = lists && listsWith(lists, 'add')
  return (
    <div className={styles.page}>
      <title>{`${m.contacts_new()} · Pronto`}</title>
      <BackToList />
      <h1 className={styles.title}>{m.contacts_new()}</h1>
      {error && !lists && <ErrorNote error={error} onRetry={() => void refetch()} />}
      {!lists && !error && <SkeletonRows count={4} />}
      {open?.length === 0 && <Note>{m.contacts_no_list_to_add()}</Note>}
      {open && open.length > 0 && <Fields list={startIn(open.map(({ id }) => id))} />}
    </div>
  )
}

/** In the list one looks at, else the first. */
function startIn(ids: readonly number[]): number | null {
  const { list } = lastContactSearch()
  return list !== undefined && ids.includes(list) ? list : (ids[0] ?? null)
}

function Fields({ list }: { list: number | null }) {
  const navigate = useNavigate()
  const [blank] = useState(() => blankDraft(list))
  const form = useContactForm({
    contact: null,
    blank,
    onSaved: ({ id }) =>
      void navigate({
        to: '/contacts/$contactId',
        params: { contactId: id },
        search: lastContactSearch(),
        replace: true,
      }),
  })
  return (
    <ContactForm
      form={form}
      onCancel={() => void navigate({ to: '/contacts', search: lastContactSearch() })}
    />
  )
}
