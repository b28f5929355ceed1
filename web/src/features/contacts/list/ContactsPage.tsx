import { Outlet, useNavigate, useParams, useRouterState, useSearch } from '@tanstack/react-router'
import { Suspense, useCallback, useEffect, useRef, useState } from 'react'
import { ContactDialogs } from '@/features/contacts/ContactDialogs'
import { rememberContactSearch, useOpenContact } from '@/features/contacts/navigation'
import { m } from '@/i18n/pages'
import { cx } from '@/ui/cx'
import { ContactFilters } from './ContactFilters'
import { ContactList } from './ContactList'
import styles from './ContactsPage.module.css'
import type { ContactSearch } from './search'

/** The contacts; a card takes the place of the list, which stays as it was behind it. */
export default function ContactsPage() {
  const search = useSearch({ from: '/desk/frame/contacts' })
  const { contactId } = useParams({ strict: false })
  const isList = useRouterState({ select: ({ location }) => /^\/contacts\/?$/.test(location.pathname) })
  // Who comes for a card has not asked for the list.
  const [wasList, setWasList] = useState(isList)
  if (isList && !wasList) setWasList(true)
  const searchInput = useRef<HTMLInputElement>(null)
  const open = useOpenContact()
  const navigate = useNavigate()
  const change = useCallback(
    (next: ContactSearch) => void navigate({ to: '/contacts', search: next, replace: true }),
    [navigate],
  )
  const focusSearch = useCallback(() => {
    searchInput.current?.focus()
    searchInput.current?.select()
  }, [])
  useEffect(() => rememberContactSearch(search), [search])
  return (
    <div className={styles.page}>
      {wasList && (
        <section className={cx(styles.list, !isList && styles.hidden)} aria-label={m.contacts_title()}>
          {isList && <title>{`${m.contacts_title()} · Pronto`}</title>}
          <h1 className="visually-hidden">{m.contacts_title()}</h1>
          <ContactFilters search={search} inputRef={searchInput} onChange={change} />
          <ContactList
            search={search}
            openId={contactId}
            onOpen={open}
            onChange={change}
            focusSearch={focusSearch}
          />
        </section>
      )}
      {!isList && (
        <div className={styles.card}>
          <Outlet />
        </div>
      )}
      <Suspense>
        <ContactDialogs />
      </Suspense>
    </div>
  )
}
