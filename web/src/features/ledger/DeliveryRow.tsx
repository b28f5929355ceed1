import { Link } from '@tanstack/react-router'
import type { Delivery } from '@/api/types'
import { m } from '@/i18n/admin'
import { bytes } from '@/lib/bytes'
import { cx, ListTime, Pill } from '@/ui'
import styles from './Ledger.module.css'
import type { LedgerSearch } from './search'
import { stateWords } from './states'

interface Props {
  delivery: Delivery
  isOpen: boolean
  search: LedgerSearch
  top: number
  place: number
  /** -1 while there is more than is loaded. */
  count: number
}

export function DeliveryRow({ delivery, isOpen, search, top, place, count }: Props) {
  const { tone, icon, label } = stateWords[delivery.state]
  return (
    <li
      className={styles.row}
      style={{ transform: `translateY(${top}px)` }}
      aria-posinset={place}
      aria-setsize={count}
    >
      <Link
        to="/ledger/$deliveryId"
        params={{ deliveryId: delivery.id }}
        search={search}
        className={cx(styles.link, isOpen && styles.open)}
        aria-current={isOpen ? 'true' : undefined}
        preload={false}
      >
        <span className={styles.line}>
          <Pill tone={tone} icon={icon}>
            {label()}
          </Pill>
          <span className={styles.name}>{delivery.account.name}</span>
          <span className={styles.time}>
            <ListTime at={delivery.received_at} />
          </span>
        </span>
        <span className={cx(styles.line, styles.meta)}>
          <span className={styles.reason}>{delivery.reason ?? summary(delivery)}</span>
          {delivery.replays > 0 && <span>{m.ledger_replays({ count: delivery.replays })}</span>}
          <span className={styles.size}>{bytes(delivery.size)}</span>
        </span>
      </Link>
    </li>
  )
}

function summary({ updates, id }: Delivery): string {
  return updates === null ? `#${id}` : `#${id} · ${m.ledger_updates({ count: updates })}`
}
