import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'react-aria-components/Button'
import { problemWords } from '@/api/problem'
import type { Presence } from '@/api/types'
import { endWrapUp, extendWrapUp } from '@/features/care/actions'
import { setPresence } from '@/features/frame/presence'
import { stateWords } from '@/features/frame/stateWords'
import { useSession } from '@/features/signin/session'
import { m } from '@/i18n/pages'
import { useNow } from '@/lib/clock'
import { day, hour, millis, minute, second, timer } from '@/lib/time'
import { cx } from '@/ui/cx'
import { Menu, MenuItem, MenuSection } from '@/ui/Menu'
import { StateDot } from '@/ui/StateDot'
import { toast } from '@/ui/toasts'
import styles from './Rail.module.css'

/** Available, paused with a reason, offline: since when, and the menu to change it. */
export default function OwnState() {
  const client = useQueryClient()
  const { presence, settings } = useSession()
  const until = presence.wrap_up_until
  // Its end is seen here: nothing happens on the server then.
  const isWrappingUp = useNow(until ? second : day) < (until ? millis(until) : 0)
  const declare = (state: Presence['state'], reason: string | null) =>
    attempt(setPresence(client, state, reason))
  const attempt = async (what: Promise<unknown>) => {
    try {
      await what
    } catch (error) {
      toast(problemWords(error), { tone: 'danger' })
    }
  }
  const chosen = presence.state === 'paused' ? `paused ${presence.reason ?? ''}` : presence.state
  return (
    <Menu
      label={m.frame_state()}
      note={m.frame_state_note()}
      placement="right bottom"
      trigger={
        <Button
          className={styles.button ?? ''}
          aria-label={`${m.frame_state()}: ${isWrappingUp ? m.frame_wrap_up() : stateWords(presence)}`}
        >
          <StateDot state={presence.state} size={12} />
          {until && isWrappingUp ? <WrapUpLeft until={until} /> : <Since since={presence.since} />}
        </Button>
      }
    >
      {isWrappingUp && (
        <MenuSection title={m.frame_wrap_up()}>
          <MenuItem onAction={() => void attempt(extendWrapUp(client, 120))}>
            {m.frame_wrap_up_longer()}
          </MenuItem>
          <MenuItem onAction={() => void attempt(endWrapUp(client))}>{m.frame_wrap_up_end()}</MenuItem>
        </MenuSection>
      )}
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

/** What is left after closing, in which no offers come. */
function WrapUpLeft({ until }: { until: string }) {
  const left = Math.max(0, millis(until) - useNow())
  return (
    <time className={cx(styles.timer, styles.wrapUp)} dateTime={until} title={m.frame_wrap_up_help()}>
      {timer(left + 999)}
    </time>
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
