import { AlarmClock, Ban, CircleCheckBig, ListChecks, MessageCircleReply, Tag, Undo2 } from 'lucide-react'
import type { Interaction } from '@/api/types'
import { shortcutOf } from '@/commands/registry'
import { m } from '@/i18n/pages'
import { MenuItem, MenuSeparator } from '@/ui/Menu'
import { ask } from './asking'

interface Props {
  interaction: Interaction
  attempt: (what: Promise<unknown>) => Promise<void>
  /** What the menu does by itself; loaded with it. */
  onPutOff: (until: string | null) => Promise<unknown>
  onTakeUp: () => Promise<unknown>
}

/** What a menu of one interaction offers beside reading and taking it. A function: a menu's items stand in it alone. */
export function careItems({ interaction, attempt, onPutOff, onTakeUp }: Props) {
  const { id, may, snooze } = interaction
  return (
    <>
      {may.tag && (
        <MenuItem
          icon={Tag}
          shortcut={shortcutOf('interactions.tag')}
          onAction={() => ask({ what: 'tags', ids: [id] })}
        >
          {m.interactions_tag()}
        </MenuItem>
      )}
      {may.snooze && snooze?.kind !== 'customer' && (
        <MenuItem
          icon={MessageCircleReply}
          shortcut={shortcutOf('interactions.waitForCustomer')}
          onAction={() => void attempt(onPutOff(null))}
        >
          {m.interactions_wait_customer()}
        </MenuItem>
      )}
      {may.snooze && (
        <MenuItem
          icon={AlarmClock}
          shortcut={shortcutOf('interactions.snooze')}
          onAction={() => ask({ what: 'snooze', id })}
        >
          {m.interactions_snooze()}
        </MenuItem>
      )}
      {may.snooze && snooze && (
        <MenuItem icon={Undo2} onAction={() => void attempt(onTakeUp())}>
          {m.interactions_take_up()}
        </MenuItem>
      )}
      {may.close && (
        <MenuItem
          icon={CircleCheckBig}
          shortcut={shortcutOf('interactions.close')}
          onAction={() => ask({ what: 'close', ids: [id], dispose: false })}
        >
          {m.interactions_close()}
        </MenuItem>
      )}
      {(may.close || may.dispose) && (
        <MenuItem
          icon={ListChecks}
          shortcut={shortcutOf('interactions.dispose')}
          onAction={() =>
            ask(may.dispose ? { what: 'ending', id } : { what: 'close', ids: [id], dispose: true })
          }
        >
          {may.dispose ? m.interactions_ending() : m.interactions_dispose()}
        </MenuItem>
      )}
      {may.block && <MenuSeparator />}
      {may.block && (
        <MenuItem
          icon={Ban}
          isDanger
          shortcut={shortcutOf('interactions.block')}
          onAction={() => ask({ what: 'block', id })}
        >
          {m.interactions_block()}
        </MenuItem>
      )}
    </>
  )
}
