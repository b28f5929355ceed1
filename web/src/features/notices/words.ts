// What a notice says. A kind of tomorrow's server is still a line with its interaction.
import type { Notice } from '@/api/types'
import { reasonWords } from '@/features/composer/later/words'
import { m } from '@/i18n/pages'

/** Why a transfer is back. */
function backWords(customer: string, to: string, result: string): string {
  switch (result) {
    case 'rejected':
      return m.notices_transfer_rejected({ customer, to })
    case 'expired':
      return m.notices_transfer_expired({ customer, to })
    case 'nobody':
      return m.notices_transfer_nobody({ customer, to })
    default:
      return m.notices_transfer_unreachable({ customer, to })
  }
}

export function noticeWords({ kind, interaction, by, params }: Notice): string {
  const customer = interaction?.customer ?? (interaction ? `#${interaction.id}` : '')
  const name = by?.name ?? ''
  switch (kind) {
    case 'nobody_accepts':
      return m.notices_nobody_accepts({ customer })
    case 'reminded':
      return m.notices_reminded({ customer })
    case 'customer_wrote':
      return m.notices_customer_wrote({ customer })
    case 'transfer_accepted':
      return m.notices_transfer_accepted({ customer, name })
    case 'transfer_back':
      return backWords(customer, params.to ?? '', params.result ?? '')
    case 'assigned':
      return m.notices_assigned({ customer, name })
    case 'moved':
      return params.to
        ? m.notices_moved({ customer, name, to: params.to })
        : m.notices_moved_away({ customer, name })
    case 'left_behind':
      return m.notices_left_behind({ customer })
    case 'mentioned':
      return m.notices_mentioned({ customer, name })
    case 'scheduled_failed':
      return m.notices_scheduled_failed({ customer, reason: reasonWords(params.reason) })
    case 'asked_for':
      return m.notices_asked_for({ customer, name })
    default:
      return m.notices_other({ customer })
  }
}

/** What somebody has to act on now is heard as well. */
export function isLoud({ kind }: Notice): boolean {
  return [
    'nobody_accepts',
    'assigned',
    'transfer_back',
    'reminded',
    'mentioned',
    'scheduled_failed',
  ].includes(kind)
}
