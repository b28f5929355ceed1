import type { Scheduled } from '@/api/types'
import { m } from '@/i18n/pages'

const reasons: Record<NonNullable<Scheduled['reason']>, () => string> = {
  closed: () => m.later_closed(),
  not_owner: () => m.later_not_owner(),
  window_closed: () => m.later_window_closed(),
  customer_wrote: () => m.later_customer_wrote(),
  unfilled: () => m.later_unfilled(),
  invalid: () => m.later_invalid(),
}

/** Why it was not sent, and what to do. A reason of tomorrow's server has no words yet. */
export function reasonWords(reason: string | null | undefined): string {
  return reason && reason in reasons ? reasons[reason as keyof typeof reasons]() : ''
}
