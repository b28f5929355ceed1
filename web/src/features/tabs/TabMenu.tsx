import { CircleCheckBig, ListChecks, SquareX } from 'lucide-react'
import { shortcutOf } from '@/commands/registry'
import { ask } from '@/features/care/asking'
import { m } from '@/i18n/pages'
import { MenuAt, MenuItem } from '@/ui/Menu'

interface Props {
  id: number
  name: string
  anchor: Element
  onPutAway: (id: number) => void
  onClose: () => void
}

/** What the X of one's own open interaction may mean. */
export default function TabMenu({ id, name, anchor, onPutAway, onClose }: Props) {
  return (
    <MenuAt label={m.tabs_put_away_name({ name })} anchor={anchor} onClose={onClose}>
      <MenuItem icon={SquareX} shortcut={shortcutOf('tabs.putAway')} onAction={() => onPutAway(id)}>
        {m.tabs_put_away()}
      </MenuItem>
      <MenuItem
        icon={CircleCheckBig}
        shortcut={shortcutOf('interactions.close')}
        onAction={() => ask({ what: 'close', ids: [id], dispose: false })}
      >
        {m.interactions_close()}
      </MenuItem>
      <MenuItem
        icon={ListChecks}
        shortcut={shortcutOf('interactions.dispose')}
        onAction={() => ask({ what: 'close', ids: [id], dispose: true })}
      >
        {m.interactions_dispose()}
      </MenuItem>
    </MenuAt>
  )
}
