import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Link2, Pencil, UserPlus, UserRound } from 'lucide-react'
import { Suspense, useState } from 'react'
import { contactQuery, interactionDetailQuery, interactionQuery } from '@/api/queries'
import type { Contact, Interaction, InteractionDetail } from '@/api/types'
import { keptOf, placeOf } from '@/features/contacts/form/kept'
import { customerName } from '@/features/interactions/words'
import { useSession } from '@/features/signin/session'
import { m } from '@/i18n/pages'
import { Avatar } from '@/ui/Avatar'
import { Button } from '@/ui/Button'
import { EmptyState } from '@/ui/EmptyState'
import { ErrorNote } from '@/ui/ErrorNote'
import { later } from '@/ui/later'
import { ContactFields } from './ContactFields'
import { Facts, FactsSkeleton } from './Facts'
import styles from './Sidebar.module.css'
import { WhatsApp } from './WhatsApp'

const ContactEditor = later(() => import('./ContactEditor'))
const LinkContact = later(() => import('./LinkContact'))

export function ContactPanel({ interactionId }: { interactionId: number }) {
  const { data: interaction } = useQuery(interactionQuery(interactionId))
  const detail = useQuery(interactionDetailQuery(interactionId))
  const { user } = useSession()
  const [task, setTask] = useState<'edit' | 'link' | null>(() =>
    keptOf(placeOf(user.id, interactionId)) ? 'edit' : null,
  )
  if (detail.error && !detail.data) {
    return (
      <div className={styles.pane}>
        <ErrorNote error={detail.error} onRetry={() => void detail.refetch()} />
      </div>
    )
  }
  if (!interaction || !detail.data) return <FactsSkeleton />
  const mayEdit = user.permissions.includes('contacts.edit') || interaction.owner?.id === user.id
  return (
    <div className={styles.pane}>
      <header className={styles.who}>
        <Avatar name={customerName(interaction)} size={40} />
        <div>
          <h2>{customerName(interaction)}</h2>
          {interaction.phone && <p className="numbers">{interaction.phone}</p>}
        </div>
      </header>
      {task === 'edit' ? (
        <Suspense fallback={<FactsSkeleton />}>
          <Editor interaction={interaction} address={detail.data.address} onClose={() => setTask(null)} />
        </Suspense>
      ) : interaction.contact_id === null ? (
        <EmptyState
          icon={UserRound}
          title={m.sidebar_no_contact()}
          action={
            mayEdit && (
              <div className={styles.tasks}>
                <Button size="small" icon={UserPlus} onPress={() => setTask('edit')}>
                  {m.contacts_new()}
                </Button>
                <Button size="small" icon={Link2} onPress={() => setTask('link')}>
                  {m.contacts_link()}
                </Button>
              </div>
            )
          }
        >
          {m.sidebar_no_contact_help()}
        </EmptyState>
      ) : (
        <OfContact id={interaction.contact_id} mayEdit={mayEdit} onTask={setTask} />
      )}
      {task === 'link' && (
        <Suspense>
          <LinkContact interaction={interaction} onClose={() => setTask(null)} />
        </Suspense>
      )}
      <Facts title={m.sidebar_whatsapp()}>
        <WhatsApp address={detail.data.address} />
      </Facts>
    </div>
  )
}

interface OfContactProps {
  id: number
  mayEdit: boolean
  onTask: (task: 'edit' | 'link') => void
}

function OfContact({ id, mayEdit, onTask }: OfContactProps) {
  const { data, error, refetch } = useQuery(contactQuery(id))
  if (error && !data) return <ErrorNote error={error} onRetry={() => void refetch()} />
  if (!data) return <FactsSkeleton />
  return (
    <>
      <ContactFields contact={data} mayEdit={mayEdit} />
      <Remarks contact={data} mayEdit={mayEdit} />
      <div className={styles.tasks}>
        {mayEdit && (
          <>
            <Button size="small" icon={Pencil} onPress={() => onTask('edit')}>
              {m.contacts_edit_all()}
            </Button>
            <Button size="small" icon={Link2} onPress={() => onTask('link')}>
              {m.contacts_link_other()}
            </Button>
          </>
        )}
        <Link to="/contacts/$contactId" params={{ contactId: id }}>
          {m.contact_open()}
        </Link>
      </div>
    </>
  )
}

interface EditorProps {
  interaction: Interaction
  address: InteractionDetail['address']
  onClose: () => void
}

/** Of a contact that is there, all that it has is known first. */
function Editor({ interaction, address, onClose }: EditorProps) {
  const [id] = useState(interaction.contact_id)
  const { data, error, refetch } = useQuery({ ...contactQuery(id ?? 0), enabled: id !== null })
  if (id === null) {
    return <ContactEditor interaction={interaction} address={address} contact={null} onClose={onClose} />
  }
  if (error && !data) return <ErrorNote error={error} onRetry={() => void refetch()} />
  if (!data) return <FactsSkeleton />
  return <ContactEditor interaction={interaction} address={address} contact={data} onClose={onClose} />
}

export function Remarks({ contact, mayEdit }: { contact: Contact; mayEdit: boolean }) {
  return (
    <>
      {contact.masked.length > 0 && <p className={styles.remark}>{m.sidebar_masked_some()}</p>}
      {!mayEdit && <p className={styles.remark}>{m.sidebar_read_only()}</p>}
    </>
  )
}
