import { useQueries } from '@tanstack/react-query'
import { ChevronDown } from 'lucide-react'
import { Button } from 'react-aria-components/Button'
import { interactionQuery } from '@/api/queries'
import { customerName } from '@/features/interactions/words'
import { m } from '@/i18n'
import { Badge } from '@/ui/Badge'
import { Menu, MenuItem } from '@/ui/Menu'
import styles from './TabStrip.module.css'

/** The tabs that found no room. */
export default function MoreTabs({ ids, onOpen }: { ids: readonly number[]; onOpen: (id: number) => void }) {
  const rows = useQueries({ queries: ids.map(id => interactionQuery(id)) })
  const unread = rows.reduce((sum, { data }) => sum + (data?.unread ?? 0), 0)
  return (
    <Menu
      label={m.tabs_label()}
      placement="bottom end"
      trigger={
        <Button className={styles.more ?? ''} aria-label={m.tabs_more({ count: ids.length })}>
          <span aria-hidden="true">+{ids.length}</span>
          <Badge count={unread} label={m.interactions_unread({ count: unread })} />
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
            description={
              data &&
              [data.account.key, data.unread > 0 && m.interactions_unread({ count: data.unread })]
                .filter(Boolean)
                .join(' · ')
            }
            onAction={() => onOpen(id)}
          >
            {name}
          </MenuItem>
        )
      })}
    </Menu>
  )
}
