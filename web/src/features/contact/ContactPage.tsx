import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { UserRoundX } from 'lucide-react'
import { Suspense } from 'react'
import { isProblem } from '@/api/problem'
import { contactQuery } from '@/api/queries'
import type { Contact, ContactCard } from '@/api/types'
import Journey from '@/features/journey/Journey'
import { ContactFields } from '@/features/sidebar/ContactFields'
import { Remarks } from '@/features/sidebar/ContactPanel'
import { FactsSkeleton } from '@/features/sidebar/Facts'
import { m } from '@/i18n/pages'
import { useConnection } from '@/live'
import { Avatar } from '@/ui/Avatar'
import { EmptyState } from '@/ui/EmptyState'
import { ErrorNote } from '@/ui/ErrorNote'
import { later } from '@/ui/later'
import { Note } from '@/ui/Note'
import styles from './Contact.module.css'

const Kinship = later(() => import('@/features/contacts/merge/Kinship'))
const Privacy = later(() => import('@/features/contacts/privacy/Privacy'))

/** A customer: what is known of them, and every interaction there was. */
export default function ContactPage() {
  const { contactId } = useParams({ from: '/desk/frame/contacts/$contactId' })
  // Frames keep it true only for those who see it move; coming back, it is read anew.
  const { data, error, refetch } = useQuery({ ...contactQuery(contactId), refetchOnMount: 'always' })
  const isOffline = useConnection() === 'offline'
  if (error && !data) {
    const isRefused = isProblem(error) && error.status === 404
    return (
      <div className={styles.absent}>
        {isRefused ? (
          <EmptyState icon={UserRoundX} title={m.contact_missing_title()}>
            {m.contact_missing()}
          </EmptyState>
        ) : (
          <ErrorNote error={error} onRetry={() => void refetch()} />
        )}
      </div>
    )
  }
  return (
    <div className={styles.page}>
      <title>{`${data ? nameOf(data) : m.contact_page()} · Pronto`}</title>
      <div className={styles.card}>
        {isOffline && <Note tone="warning">{m.dashboard_offline()}</Note>}
        {data ? <Card key={data.id} contact={data} /> : <FactsSkeleton />}
      </div>
      <div className={styles.journey}>
        <h2 className={styles.heading}>{m.journey_label()}</h2>
        <Journey key={contactId} of={{ contact: contactId }} />
      </div>
    </div>
  )
}

function Card({ contact }: { contact: ContactCard }) {
  const mayEdit = contact.may_edit ?? false
  return (
    <>
      <header className={styles.who}>
        <Avatar name={nameOf(contact)} size={40} />
        <h1>{nameOf(contact)}</h1>
      </header>
      <ContactFields contact={contact} mayEdit={mayEdit} />
      <Remarks contact={contact} mayEdit={mayEdit} />
      <Suspense fallback={null}>
        <Kinship contact={contact} />
        <Privacy contact={contact} />
      </Suspense>
    </>
  )
}

function nameOf({ first_name, last_name, id }: Contact): string {
  return [first_name, last_name].filter(Boolean).join(' ') || `#${id}`
}
