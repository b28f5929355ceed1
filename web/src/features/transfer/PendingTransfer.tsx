import { ArrowRightLeft } from 'lucide-react'
import type { Interaction } from '@/api/types'
import { CommandButton } from '@/commands/CommandButton'
import { m } from '@/i18n/pages'
import { Countdown } from '@/ui/Time'
import styles from './HandOn.module.css'

/** To whom it is proposed, and how long they have; the owner works on meanwhile. */
export function PendingTransfer({ interaction }: { interaction: Interaction }) {
  const { transfer, id } = interaction
  if (!transfer) return null
  const name = transfer.user?.name ?? transfer.queue?.name ?? ''
  return (
    <div className={styles.pending} role="status">
      <ArrowRightLeft size={16} strokeWidth={1.75} aria-hidden="true" />
      <span className={styles.name}>{m.transfer_pending({ name })}</span>
      <span aria-live="off">
        <Countdown until={transfer.ends_at} />
      </span>
      <CommandButton
        key={`cancel ${id}`}
        command="transfer.cancel"
        about={{ openInteractionId: id }}
        size="small"
        variant="quiet"
      />
    </div>
  )
}
