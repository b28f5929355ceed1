import type { DeliveryDetail } from '@/api/types'
import { m } from '@/i18n/admin'
import { Pill } from '@/ui'
import styles from './Delivery.module.css'
import { outcomeWords } from './states'

/** What became of each message, status and event in a delivery. */
export function Outcomes({ outcomes }: { outcomes: DeliveryDetail['outcomes'] }) {
  return (
    <ul className={styles.outcomes} aria-label={m.ledger_outcomes()}>
      {outcomes.map(({ item, outcome, detail }, index) => {
        const { tone, label } = outcomeWords(outcome)
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same message may come twice in one delivery
          <li key={index} className={styles.outcome}>
            <Pill tone={tone}>{label}</Pill>
            {item && <span className={styles.item}>{item}</span>}
            {detail && <span className={styles.detail}>{detail}</span>}
          </li>
        )
      })}
    </ul>
  )
}
