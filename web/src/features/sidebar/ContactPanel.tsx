import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { UserRound } from 'lucide-react'
import { contactQuery, interactionDetailQuery, interactionQuery } from '@/api/queries'
import type { Contact, Interaction } from '@/api/types'
import { customerName } from '@/features/interactions/words'
import { useSession } from '@/features/signin/session'
import { m } from '@/i18n/pages'
import { Avatar } from '@/ui/Avatar'
import { EmptyState } from '@/ui/EmptyState'
import { ErrorNote } from '@/ui/ErrorNote'
import { ContactFields } from './ContactFields'
import { Facts, FactsSkeleton } from './Facts'
import styles from './Sidebar.module.css'
import { WhatsApp } from './WhatsApp'

export function ContactPanel({ interactionId }: { interactionId: number }) {
  const { data: interaction } = useQuery(interactionQuery(interactionId))
  const detail = useQuery(interactionDetailQuery(interactionId))
  if (detail.error && !detail.data) {
    return (
      <div className={styles.pane}>
        <ErrorNote error={detail.error} onRetry={() => void detail.refetch()} />
      </div>
    )
  }
  if (!interaction || !detail.data) return <FactsSkeleton />
  return (
    <div className={styles.pane}>
      <header className={styles.who}>
        <Avatar name={customerName(interaction)} size={40} />
        <div>
          <h2>{customerName(interaction)}</h2>
          {interaction.phone && <p className="numbers">{interaction.phone}</p>}
        </div>
      </header>
      {interaction.contact_id === null ? (
        <EmptyState icon={UserRound} title={m.sidebar_no_contact()}>
          {m.sidebar_no_contact_help()}
        </EmptyState>
      ) : (
        <OfContact id={interaction.contact_id} interaction={interaction} />
      )}
      <Facts title={m.sidebar_whatsapp()}>
        <WhatsApp address={detail.data.address} />
      </Facts>
    </div>
  )
}

function OfContact({ id, interaction }: { id: number; interaction: Interaction }) {
  const { data, error, refetch } = useQuery(contactQuery(id))
  const { user } = useSession()
  if (error && !data) return <ErrorNote error={error} onRetry={() => void refetch()} />
  if (!data) return <FactsSkeleton />
  const mayEdit = user.permissions.includes('contacts.edit') || interaction.owner?.id === user.id
  return (
    <>
      <ContactFields contact={data} mayEdit={mayEdit} />
      <Remarks contact={data} mayEdit={mayEdit} />
      <p className={styles.remark}>
        <Link to="/contacts/$contactId" params={{ contactId: id }}>
          {m.contact_open()}
        </Link>
      </p>
    </>
  )
}

export function Remarks({ contact, mayEdit }: { contact: Contact; mayEdit: boolean }) {
  return (
    <>
      {contact.masked.length > 0 && <p className={styles.remark}>{m.sidebar_masked_some()}</p>}
      {!mayEdit && <p className={styles.remark}>{m.sidebar_read_only()}</p>}
    </>
  )
}
