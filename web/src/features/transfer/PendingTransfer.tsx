import type { Interaction } from '@/api/types'
import { CommandButton } from '@/commands/CommandButton'
import { m } from '@/i18n/pages'
import { Pill } from '@/ui/Pill'
import { Countdown } from '@/ui/Time'

/** To whom it is proposed, and how long they have; the owner works on meanwhile. */
export function PendingTransfer({ interaction }: { interaction: Interaction }) {
  const { transfer, id, version } = interaction
  if (!transfer) return null
  const name = transfer.user?.name ?? transfer.queue?.name ?? ''
  return (
    <>
      <Pill tone="accent">
        {m.transfer_pending({ name })} · <Countdown until={transfer.ends_at} />
      </Pill>
      <CommandButton key={`cancel ${id} ${version}`} command="transfer.cancel" size="small" variant="quiet" />
    </>
  )
}
