import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'react-aria-components/Button'
import { problemWords } from '@/api/problem'
import type { Presence } from '@/api/types'
import { setPresence } from '@/features/frame/presence'
import { stateWords } from '@/features/frame/stateWords'
import { useSession } from '@/features/signin/session'
import { m } from '@/i18n'
import { useNow } from '@/lib/clock'
import { hour, millis, minute, timer } from '@/lib/time'
import { cx } from '@/ui/cx'
import { Menu, MenuItem, MenuSection } from '@/ui/Menu'
import { toast } from '@/ui/toasts'
import styles from './Rail.module.css'

/** Available, paused with a reason, offline: since when, and the menu to change it. */
export default function OwnState() {
  const client = useQueryClient()
  const { presence, settings } = useSession()
  const declare = async (state: Presence['state'], reason: string | null) => {
    try {
      await setPresence(client, state, reason)
    } catch (error) {
      toast(problemWords(error), { tone: 'danger' })
    }
  }
  const chosen = presence.state === 'paused' ? `paused ${presence.reason ?? ''}` : presence.state
  return (
    <Menu
      label={m.frame_state()}
      placement="right bottom"
      trigger={
        <Button className={styles.button ?? ''} aria-label={`${m.frame_state()}: ${stateWords(presence)}`}>
          <span className={cx(styles.state, styles[presence.state])} />
          <Since since={presence.since} />
        </Button>
      }
    >
      <MenuSection
        title={m.frame_state()}
        selectionMode="single"
        selectedKeys={[chosen]}
        disallowEmptySelection
        onSelectionChange={selection => {
          const key = selection === 'all' ? '' : String([...selection][0] ?? '')
          if (key === 'available' || key === 'offline') void declare(key, null)
          else if (key.startsWith('paused')) void declare('paused', key.slice('paused '.length) || null)
        }}
      >
        <MenuItem id="available">{m.presence_available()}</MenuItem>
        {settings.pause_reasons.map(reason => (
          <MenuItem key={reason} id={`paused ${reason}`}>
            {m.presence_paused_for({ reason })}
          </MenuItem>
        ))}
        {settings.pause_reasons.length === 0 && <MenuItem id="paused ">{m.presence_paused()}</MenuItem>}
        <MenuItem id="offline">{m.presence_offline()}</MenuItem>
      </MenuSection>
    </Menu>
  )
}

/** Short enough for the rail: minutes and seconds, then hours and minutes. */
function Since({ since }: { since: string }) {
  const now = useNow()
  const ms = now - millis(since)
  const words = ms < hour ? timer(ms) : timer(ms - (ms % minute)).slice(0, -3)
  return (
    <time className={styles.timer} dateTime={since}>
      {ms < hour ? words : `${words} h`}
    </time>
  )
}
