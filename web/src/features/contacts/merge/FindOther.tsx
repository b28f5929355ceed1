import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '@/api/client'
import type { Contact, ContactPage } from '@/api/types'
import { m } from '@/i18n/admin'
import { useDebounced } from '@/lib/useDebounced'
import { Dialog, ErrorNote, SkeletonRows } from '@/ui'
import { SearchInput } from '@/ui/SearchInput'
import { factsOf, nameOf } from './fields'
import styles from './Merge.module.css'

const most = 20

/** With whom a contact is to be merged: found by name, number or e-mail address. */
export function FindOther({ contact, onClose }: { contact: Contact; onClose: () => void }) {
  const navigate = useNavigate()
  const [typed, setTyped] = useState('')
  const search = useDebounced(typed.trim(), 200)
  const query = useQuery({
    queryKey: ['contact-merge', 'find', search],
    queryFn: ({ signal }) => api.get<ContactPage>('/contacts', { query: { search, limit: most }, signal }),
    enabled: search !== '',
    gcTime: 0,
  })
  const found = query.data?.items.filter(({ id }) => id !== contact.id) ?? []
  const choose = (other: Contact) => {
    onClose()
    void navigate({
      to: '/contacts/$contactId/merge/$otherId',
      params: { contactId: contact.id, otherId: other.id },
    })
  }
  return (
    <Dialog title={m.merge_find({ name: nameOf(contact) })} isOpen onOpenChange={onClose}>
      <div className={styles.finder}>
        <SearchInput
          label={m.merge_find_label()}
          value={typed}
          onChange={setTyped}
          maxLength={200}
          autoFocus
        />
        {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
        {query.isFetching && !query.data && <SkeletonRows count={4} />}
        {query.data && found.length === 0 && <p className={styles.lead}>{m.merge_find_none()}</p>}
        <ul className={styles.people} aria-label={m.merge_find_label()}>
          {found.map(one => (
            <li key={one.id}>
              <button type="button" className={styles.found} onClick={() => choose(one)}>
                <span>
                  {nameOf(one)}
                  <span className={styles.number}>#{one.id}</span>
                </span>
                <span className={styles.facts}>{factsOf(one)}</span>
              </button>
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  )
}
