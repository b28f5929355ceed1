import { CloudOff, RefreshCw, Wifi } from 'lucide-react'
import { Button } from 'react-aria-components/Button'
import { m } from '@/i18n'
import { useConnection } from '@/live'
import { cx } from '@/ui/cx'
import { tip } from '@/ui/Tooltip'
import styles from './Rail.module.css'

/** Quiet while all is well; in words when it is not. Never a modal: one can go on reading and writing. */
export function ConnectionDot() {
  const connection = useConnection()
  const [Icon, words, help] = {
    live: [Wifi, m.frame_live(), m.frame_live_help()] as const,
    'catching-up': [RefreshCw, m.frame_catching_up(), m.frame_catching_up_help()] as const,
    offline: [CloudOff, m.frame_offline(), m.frame_offline_help()] as const,
  }[connection]
  const isLive = connection === 'live'
  return (
    <>
      <Button
        className={cx(
          styles.connection,
          styles.plain,
          !isLive && styles.problem,
          connection === 'catching-up' && styles['catching-up'],
          connection === 'offline' && styles.gone,
        )}
        aria-label={words}
        {...tip({ words: help, placement: 'right' })}
      >
        <Icon size={16} strokeWidth={1.75} aria-hidden="true" />
        {!isLive && <span aria-hidden="true">{words}</span>}
      </Button>
      <span className="visually-hidden" role="status">
        {isLive ? '' : words}
      </span>
    </>
  )
}
