import { TriangleAlert } from 'lucide-react'
import type { Interaction, Message } from '@/api/types'
import { customerName } from '@/features/interactions/words'
import { m } from '@/i18n/pages'
import { Formatted } from '@/lib/text'
import { TimeOfDay } from '@/ui/Time'
import styles from './Composer.module.css'
import { preview } from './compose'

interface Props {
  interaction: Interaction
  newer: readonly Message[]
}

/** What the customer wrote while one was answering, before it goes out. */
export function Guard({ interaction, newer }: Props) {
  return (
    <div className={styles.guard} role="alert">
      <TriangleAlert size={16} strokeWidth={1.75} aria-hidden="true" />
      <div className={styles.guardWords}>
        <strong>{m.composer_stale({ name: customerName(interaction) })}</strong>
        <ol className={styles.newer}>
          {newer.map(message => (
            <li key={message.id}>
              <TimeOfDay at={message.at} /> <Formatted text={preview(message)} />
            </li>
          ))}
        </ol>
        <p>{m.composer_stale_help()}</p>
      </div>
    </div>
  )
}
