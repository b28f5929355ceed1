import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { Suspense, useCallback, useLayoutEffect, useMemo, useRef } from 'react'
import { useProvide } from '@/commands/context'
import { heldInteraction } from '@/features/interactions/actions'
import { useGoToList, useOpenInteraction } from '@/features/interactions/navigation'
import { isUnread } from '@/features/interactions/Unread'
import { customerName } from '@/features/interactions/words'
import { useSession } from '@/features/signin/session'
import { m } from '@/i18n'
import { later } from '@/ui/later'
import { dismissToast, toast } from '@/ui/toasts'
import type { TabsHandle } from './handle'
import { currentTabs, openTab, putTabAway, useTabs } from './store'
import { TabItem } from './TabItem'
import styles from './TabStrip.module.css'
import { fitting, neighbour } from './tabs'
import { useRoom } from './useRoom'

const MoreTabs = later(() => import('./MoreTabs'))

/** The open interactions, on every screen. Whatever opens one, its address is what adds the tab. */
export function TabStrip() {
  const client = useQueryClient()
  const navigate = useNavigate()
  const { user, settings } = useSession()
  const { interactionId: active } = useParams({ strict: false })
  const open = useOpenInteraction()
  const goToList = useGoToList()
  const { tabs } = useTabs(user.id)
  const { strip, room } = useRoom()

  const said = useRef<number>(undefined)
  useLayoutEffect(() => {
    if (active === undefined || !Number.isSafeInteger(active)) return
    const away = openTab(active, settings.max_tabs, id => hasUnread(client, id))
    if (away === null) return
    const held = heldInteraction(client, away)
    const name = held ? customerName(held) : m.tabs_unknown({ id: String(away) })
    if (said.current !== undefined) dismissToast(said.current)
    said.current = toast(m.tabs_made_room({ max: settings.max_tabs, name }), {
      action: { label: m.tabs_open_again(), run: () => open(away) },
    })
  }, [active, client, settings.max_tabs, open])

  const putAway = useCallback(
    (id: number) => {
      const next = neighbour(currentTabs().tabs, id)
      if (id === active) {
        if (next === null) goToList()
        else open(next)
      }
      putTabAway(id)
    },
    [active, goToList, open],
  )
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
        {shown.map(tab => (
          <TabItem
            key={tab.id}
            id={tab.id}
            number={tabs.indexOf(tab) + 1}
            isActive={tab.id === active}
            onPutAway={putAway}
          />
        ))}
      </ul>
      {more.length > 0 && (
        <Suspense>
          <MoreTabs
            ids={more.map(tab => tab.id)}
            onOpen={id =>
              void navigate({ to: '/interactions/$interactionId', params: { interactionId: id } })
            }
          />
        </Suspense>
      )}
    </nav>
  )
}

function hasUnread(client: QueryClient, id: number): boolean {
  const held = heldInteraction(client, id)
  return held !== undefined && isUnread(held)
}
