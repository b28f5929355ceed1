import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useRouter } from '@tanstack/react-router'
import { Ellipsis, MessageCircle, Pencil, Undo2 } from 'lucide-react'
import { useState } from 'react'
import { problemWords } from '@/api/problem'
import { contactListsQuery } from '@/api/queries'
import type { ContactCard } from '@/api/types'
import { restore } from '@/features/contacts/actions'
import { contactItems } from '@/features/contacts/ContactItems'
import { lastContactSearch } from '@/features/contacts/navigation'
import { rightsOn } from '@/features/contacts/rights'
import { hasNumber, startWith } from '@/features/contacts/start'
import { m } from '@/i18n/pages'
import { fullName } from '@/lib/names'
import { Avatar } from '@/ui/Avatar'
import { Button } from '@/ui/Button'
import { IconButton } from '@/ui/IconButton'
import { Menu } from '@/ui/Menu'
import { Note } from '@/ui/Note'
import { Pill } from '@/ui/Pill'
import { toast } from '@/ui/toasts'
import styles from './Card.module.css'

/** Who it is, and what can be done. */
export function CardHead({ contact }: { contact: ContactCard }) {
  const client = useQueryClient()
  const router = useRouter()
  const { data: lists = [] } = useQuery(contactListsQuery)
  const rights = rightsOn(contact, lists)
  const list = lists.find(({ id }) => id === contact.list_id)
  const name = fullName(contact)
  const isDeleted = contact.deleted_at !== null
  return (
    <>
      <header className={styles.who}>
        <Avatar name={name} size={40} />
        <div className={styles.words}>
          <h1>{name}</h1>
          <p className={styles.of}>
            {list && <Pill>{list.name}</Pill>}
            {contact.company && contact.company_id !== null && (
              <Link to="/contacts" search={{ company: contact.company_id }}>
                {contact.company}
              </Link>
            )}
          </p>
        </div>
        {!isDeleted && (
          <div className={styles.acts}>
            {hasNumber(contact) && (
              <Button icon={MessageCircle} onPress={() => startWith(contact)}>
                {m.contacts_write()}
              </Button>
            )}
            {rights.edit && (
              <Button
                icon={Pencil}
                onPress={() =>
                  void router.navigate({
                    to: '/contacts/$contactId/edit',
                    params: { contactId: contact.id },
                    search: lastContactSearch(),
                  })
                }
              >
                {m.contacts_edit()}
              </Button>
            )}
            <Menu
              label={m.contacts_actions({ name })}
              placement="bottom end"
              trigger={<IconButton icon={Ellipsis} label={m.contacts_actions({ name })} />}
            >
              {contactItems({ contact, rights, client, router })}
            </Menu>
          </div>
        )}
      </header>
      {isDeleted && contact.merged_into == null && contact.erased_at === null && (
        <Deleted contact={contact} mayRestore={rights.remove} />
      )}
    </>
  )
}

function Deleted({ contact, mayRestore }: { contact: ContactCard; mayRestore: boolean }) {
  const client = useQueryClient()
  const [isPending, setPending] = useState(false)
  const run = async () => {
    setPending(true)
    try {
      await restore(client, contact)
      toast(m.contacts_restored(), { tone: 'success' })
    } catch (error) {
      toast(problemWords(error), { tone: 'danger' })
    } finally {
      setPending(false)
    }
  }
  return (
    <div className={styles.note}>
      <Note
        tone="warning"
        action={
          mayRestore && (
            <Button size="small" icon={Undo2} isPending={isPending} onPress={run}>
              {m.contacts_restore()}
            </Button>
          )
        }
      >
        {m.contacts_is_deleted()}
      </Note>
    </div>
  )
}
