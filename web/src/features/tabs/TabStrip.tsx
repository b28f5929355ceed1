import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Suspense, useCallback, useEffect, useLayoutEffect, useMemo, useRef } from 'react'
import { keys } from '@/api/keys'
import type { Contact } from '@/api/types'
import { useProvide } from '@/commands/context'
import { useGoToContacts, useOpenContact } from '@/features/contacts/navigation'
import { heldInteraction } from '@/features/interactions/actions'
import { useGoToList, useOpenInteraction } from '@/features/interactions/navigation'
import { isUnread } from '@/features/interactions/Unread'
import { customerName } from '@/features/interactions/words'
import { useSession } from '@/features/signin/session'
import { m } from '@/i18n'
import { fullName } from '@/lib/names'
import { later } from '@/ui/later'
import { dismissToast, toast } from '@/ui/toasts'
import { ContactTab } from './ContactTab'
import type { TabsHandle } from './handle'
import { currentTabs, openTab, putTabAway, useTabs } from './store'
import { TabItem } from './TabItem'
import styles from './TabStrip.module.css'
import { contactOf, contactTab, fitting, neighbour } from './tabs'
import { useRoom } from './useRoom'

const MoreTabs = later(() => import('./MoreTabs'))

/** The open interactions, on every screen. Whatever opens one, its address is what adds the tab. */
export function TabStrip() {
  const client = useQueryClient()
  const { user, settings } = useSession()
  const { interactionId, contactId } = useParams({ strict: false })
  const active = interactionId ?? (contactId === undefined ? undefined : contactTab(contactId))
  const openInteraction = useOpenInteraction()
  const openContact = useOpenContact()
  const open = useCallback(
    (id: number) => {
      const contact = contactOf(id)
      if (contact === null) openInteraction(id)
      else openContact(contact)
    },
    [openInteraction, openContact],
  )
  const goToList = useGoToList()
  const goToContacts = useGoToContacts()
  const { tabs } = useTabs(user.id)
  const { strip, room } = useRoom()

  const said = useRef<number>(undefined)
  const leaving = useRef<number>(undefined)
  useLayoutEffect(() => {
    if (active === undefined || !Number.isSafeInteger(active)) return
    const away = openTab(active, settings.max_tabs, id => hasUnread(client, id))
    if (away === null) return
    const name = nameOf(client, away)
    if (said.current !== undefined) dismissToast(said.current)
    said.current = toast(m.tabs_made_room({ max: settings.max_tabs, name }), {
      action: { label: m.tabs_open_again(), run: () => open(away) },
    })
  }, [active, client, settings.max_tabs, open])

  const putAway = useCallback(
    (id: number) => {
      const next = neighbour(currentTabs().tabs, id)
      if (id === active) {
        if (next !== null) open(next)
        else if (contactOf(id) === null) goToList()
        else goToContacts()
      }
      // Where something typed would be lost, one may still stay: the tab goes once one has left.
      if (id === active && contactOf(id) !== null) leaving.current = id
      else putTabAway(id)
    },
    [active, goToList, goToContacts, open],
  )
  useEffect(() => {
    if (leaving.current !== undefined && leaving.current !== active) {
      putTabAway(leaving.current)
      leaving.current = undefined
    }
  }, [active])
  const handle = useMemo(
    (): TabsHandle => ({
      active: () => active ?? null,
      count: () => currentTabs().tabs.length,
      go: index => {
        const tab = currentTabs().tabs[index]
        if (tab) open(tab.id)
      },
      putAway: () => {
        if (active !== undefined) putAway(active)
      },
      nextUnread: () => {
        const found = currentTabs().tabs.find(tab => tab.id !== active && hasUnread(client, tab.id))
        if (found) open(found.id)
      },
    }),
    [active, client, open, putAway],
  )
  useProvide(useMemo(() => ({ tabs: handle }), [handle]))

  if (tabs.length === 0) return null
  const { shown, more } = fitting(tabs, active, room)
  return (
    <nav ref={strip} className={styles.strip} aria-label={m.tabs_label()}>
      <ul className={styles.tabs}>
        {shown.map(tab => {
          const props = {
            number: tabs.indexOf(tab) + 1,
            isActive: tab.id === active,
            onPutAway: putAway,
          }
          const contact = contactOf(tab.id)
          return contact === null ? (
            <TabItem key={tab.id} id={tab.id} {...props} />
          ) : (
            <ContactTab key={tab.id} contactId={contact} {...props} />
          )
        })}
      </ul>
      {more.length > 0 && (
        <Suspense>
          <MoreTabs ids={more.map(tab => tab.id)} onOpen={open} />
        </Suspense>
      )}
    </nav>
  )
}

function hasUnread(client: QueryClient, id: number): boolean {
  const held = heldInteraction(client, id)
  return held !== undefined && isUnread(held)
}

function nameOf(client: QueryClient, tab: number): string {
  const contactId = contactOf(tab)
  if (contactId !== null) {
    const contact = client.getQueryData<Contact>(keys.contact(contactId))
    return contact ? fullName(contact) : `#${contactId}`
  }
  const held = heldInteraction(client, tab)
  return held ? customerName(held) : m.tabs_unknown({ id: String(tab) })
}
