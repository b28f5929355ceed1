import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Suspense, useMemo } from 'react'
import { isProblem } from '@/api/problem'
import { contactQuery } from '@/api/queries'
import { useProvide } from '@/commands/context'
import { BackToList } from '@/features/contacts/form/BackToList'
import Journey from '@/features/journey/Journey'
import { ContactFields } from '@/features/sidebar/ContactFields'
import { Remarks } from '@/features/sidebar/ContactPanel'
import { FactsSkeleton } from '@/features/sidebar/Facts'
import { m } from '@/i18n/pages'
import { fullName } from '@/lib/names'
import { useConnection } from '@/live'
import { later } from '@/ui/later'
import { Note } from '@/ui/Note'
import { Absent } from './Absent'
import styles from './Card.module.css'
import { CardHead } from './CardHead'
import { Consents } from './Consents'
import { MoreFacts } from './MoreFacts'
import { Notes } from './Notes'

const Kinship = later(() => import('@/features/contacts/merge/Kinship'))
const Privacy = later(() => import('@/features/contacts/privacy/Privacy'))

/** A customer: what is known of them, what was noted, and every interaction there was. */
export default function CardPage() {
  const { contactId } = useParams({ from: '/desk/frame/contacts/$contactId' })
  // A row knows less, and frames keep it true only for those who see it move; coming here, it is read anew.
  const { data, error, refetch } = useQuery({ ...contactQuery(contactId), refetchOnMount: 'always' })
  useProvide(useMemo(() => ({ openContactId: contactId }), [contactId]))
  const isOffline = useConnection() === 'offline'
  const isGone = isProblem(error) && error.status === 404
  if (error && (!data || isGone)) return <Absent error={error} onRetry={() => void refetch()} />
  const mayEdit = (data?.may_edit ?? false) && data?.deleted_at === null
  return (
    <div className={styles.page}>
      <title>{`${data ? fullName(data) : m.contact_page()} · Pronto`}</title>
      <div className={styles.bar}>
        <BackToList />
      </div>
      {data && <CardHead contact={data} />}
      <div className={styles.columns}>
        <div className={styles.facts}>
          {isOffline && <Note tone="warning">{m.dashboard_offline()}</Note>}
          {data ? (
            <>
              <ContactFields key={data.id} contact={data} mayEdit={mayEdit} />
              <MoreFacts contact={data} />
              <Consents contact={data} mayEdit={mayEdit} />
              {data.may_edit !== undefined && data.deleted_at === null && (
                <Remarks contact={data} mayEdit={mayEdit} />
              )}
            </>
          ) : (
            <FactsSkeleton />
          )}
        </div>
        <div className={styles.notes}>
          {data && <Notes key={data.id} contact={data} mayEdit={mayEdit} />}
          {data?.may_edit !== undefined && (
            <Suspense>
              <Kinship contact={data} />
              <Privacy contact={data} />
            </Suspense>
          )}
        </div>
        <div className={styles.journey}>
          <h2 className={styles.heading}>{m.journey_label()}</h2>
          <Journey key={contactId} of={{ contact: contactId }} />
        </div>
      </div>
    </div>
  )
}
