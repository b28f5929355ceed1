import { useQueries } from '@tanstack/react-query'
import { ChevronDown } from 'lucide-react'
import { Button } from 'react-aria-components/Button'
import { interactionQuery } from '@/api/queries'
import type { Interaction } from '@/api/types'
import { Unread } from '@/features/interactions/Unread'
import { customerName } from '@/features/interactions/words'
import { m } from '@/i18n/pages'
import { Menu, MenuItem } from '@/ui/Menu'
import styles from './TabStrip.module.css'

/** The tabs that found no room. */
export default function MoreTabs({ ids, onOpen }: { ids: readonly number[]; onOpen: (id: number) => void }) {
  const rows = useQueries({ queries: ids.map(id => interactionQuery(id)) })
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
        const id = ids[index] ?? 0
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
    </Menu>
  )
}

function unreadWords({ unread, marked_unread: isMarked }: Interaction): string | false {
  return unread > 0 ? m.interactions_unread({ count: unread }) : isMarked && m.interactions_marked_unread()
}
