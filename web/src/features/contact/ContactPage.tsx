import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { UserRoundX } from 'lucide-react'
import { isProblem } from '@/api/problem'
import { contactQuery, journeyQuery } from '@/api/queries'
import type { Contact } from '@/api/types'
import Journey from '@/features/journey/Journey'
import { ContactFields } from '@/features/sidebar/ContactFields'
import { Remarks } from '@/features/sidebar/ContactPanel'
import { FactsSkeleton } from '@/features/sidebar/Facts'
import { useSession } from '@/features/signin/session'
import { m } from '@/i18n/pages'
import { useConnection } from '@/live'
import { Avatar } from '@/ui/Avatar'
import { EmptyState } from '@/ui/EmptyState'
import { ErrorNote } from '@/ui/ErrorNote'
import { Note } from '@/ui/Note'
import styles from './Contact.module.css'

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

function Card({ contact }: { contact: Contact }) {
  const mayEdit = useMayEdit(contact.id)
  return (
    <>
      <header className={styles.who}>
        <Avatar name={nameOf(contact)} size={40} />
        <h1>{nameOf(contact)}</h1>
      </header>
      <ContactFields contact={contact} mayEdit={mayEdit} />
      <Remarks contact={contact} mayEdit={mayEdit} />
    </>
  )
}

/** Whoever has the permission, and whoever has one of the customer's interactions. */
function useMayEdit(id: number): boolean {
  const { user } = useSession()
  const isAllowed = user.permissions.includes('contacts.edit')
  const journey = useInfiniteQuery({ ...journeyQuery({ contact: id }, {}), enabled: !isAllowed })
  const entries = journey.data?.pages.flatMap(page => page.items) ?? []
  return isAllowed || entries.some(({ owner }) => owner?.id === user.id)
}

function nameOf({ first_name, last_name, id }: Contact): string {
  return [first_name, last_name].filter(Boolean).join(' ') || `#${id}`
}
