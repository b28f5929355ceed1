import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { UserRound, X } from 'lucide-react'
import { memo } from 'react'
import { contactQuery } from '@/api/queries'
import { lastContactSearch } from '@/features/contacts/navigation'
import { m } from '@/i18n'
import { fullName } from '@/lib/names'
import { cx } from '@/ui/cx'
import styles from './TabStrip.module.css'
import { contactTab } from './tabs'

interface Props {
  contactId: number
  /** Its place, for Alt+1 to Alt+9. */
  number: number
  isActive: boolean
  onPutAway: (id: number) => void
}

/** The card of a contact, among the open interactions. */
export const ContactTab = memo(function ContactTab({ contactId, number, isActive, onPutAway }: Props) {
  const { data } = useQuery(contactQuery(contactId))
  const name = data ? fullName(data) : `#${contactId}`
  const hasKey = number <= 9
  const putAway = () => onPutAway(contactTab(contactId))
  return (
    <li className={cx(styles.tab, isActive && styles.active, data?.deleted_at && styles.closed)}>
      <Link
        to="/contacts/$contactId"
        params={{ contactId }}
        search={lastContactSearch()}
        className={styles.link}
        aria-current={isActive ? 'page' : undefined}
        aria-keyshortcuts={hasKey ? `Alt+${number}` : undefined}
        title={hasKey ? `${name} (Alt+${number})` : name}
        preload={false}
        onAuxClick={event => {
          if (event.button !== 1) return
          event.preventDefault()
          putAway()
        }}
        onKeyDown={event => {
          if (event.key === 'Delete') putAway()
        }}
      >
        <UserRound size={14} aria-hidden="true" />
        <span className={styles.name}>{name}</span>
      </Link>
      <button
        type="button"
        className={styles.away}
        tabIndex={isActive ? 0 : -1}
        aria-label={m.tabs_put_away_name({ name })}
        title={m.tabs_put_away()}
        onClick={putAway}
      >
        <X size={14} aria-hidden="true" />
      </button>
    </li>
  )
})
