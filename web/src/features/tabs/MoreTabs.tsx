import { useQueries } from '@tanstack/react-query'
import { ChevronDown, UserRound } from 'lucide-react'
import { Button } from 'react-aria-components/Button'
import { contactQuery, interactionQuery } from '@/api/queries'
import type { Interaction } from '@/api/types'
import { Unread } from '@/features/interactions/Unread'
import { customerName } from '@/features/interactions/words'
import { m } from '@/i18n/pages'
import { fullName } from '@/lib/names'
import { Menu, MenuItem } from '@/ui/Menu'
import styles from './TabStrip.module.css'
import { contactOf, contactTab } from './tabs'

/** The tabs that found no room. */
export default function MoreTabs({ ids, onOpen }: { ids: readonly number[]; onOpen: (id: number) => void }) {
  const interactions = ids.filter(id => contactOf(id) === null)
  const rows = useQueries({ queries: interactions.map(id => interactionQuery(id)) })
  const people = ids.flatMap(id => contactOf(id) ?? [])
  const contacts = useQueries({ queries: people.map(id => contactQuery(id)) })
  const isMarked = rows.some(({ data }) => data?.marked_unread)
  const unread = rows.reduce((sum, { data }) => sum + (data?.unread ?? 0), 0)
  return (
    <Menu
      label={m.tabs_label()}
      placement="bottom end"
      trigger={
        <Button className={styles.more ?? ''} aria-label={m.tabs_more({ count: ids.length })}>
          <span aria-hidden="true">+{ids.length}</span>
          <Unread of={{ unread, marked_unread: isMarked }} />
          <ChevronDown size={14} aria-hidden="true" />
        </Button>
      }
    >
      {rows.map(({ data }, index) => {
        const id = interactions[index] ?? 0
        const name = data ? customerName(data) : m.tabs_unknown({ id: String(id) })
        return (
          <MenuItem
            key={id}
            description={data && [data.account.key, unreadWords(data)].filter(Boolean).join(' · ')}
            onAction={() => onOpen(id)}
          >
            {name}
          </MenuItem>
        )
      })}
      {contacts.map(({ data }, index) => {
        const id = people[index] ?? 0
        return (
          <MenuItem key={contactTab(id)} icon={UserRound} onAction={() => onOpen(contactTab(id))}>
            {data ? fullName(data) : `#${id}`}
          </MenuItem>
        )
      })}
    </Menu>
  )
}

function unreadWords({ unread, marked_unread: isMarked }: Interaction): string | false {
  return unread > 0 ? m.interactions_unread({ count: unread }) : isMarked && m.interactions_marked_unread()
}
