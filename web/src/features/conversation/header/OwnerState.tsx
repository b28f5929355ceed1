import type { Interaction } from '@/api/types'
import { stateWords } from '@/features/interactions/words'
import { m } from '@/i18n/pages'
import styles from './Header.module.css'

/** Who answers it, or that it is closed. */
export function OwnerState({ interaction, myId }: { interaction: Interaction; myId: number }) {
  const { state, owner, was_with: was, reopened_at: reopenedAt } = interaction
  const words = owner?.id === myId && state === 'active' ? m.conversation_you() : stateWords(interaction, '')
  return (
    <span className={styles.owner}>
      {words}
      {was && ` · ${m.conversation_was_with({ name: was.name })}`}
      {reopenedAt && state !== 'closed' && (
        <span className={styles.reopened}> · {m.conversation_line_reopened()}</span>
      )}
    </span>
  )
}
