// Said wherever one is: a message of one's own that was to be sent later was not.

import type { Scheduled } from '@/api/types'
import { m } from '@/i18n/pages'
import { toast } from '@/ui/toasts'
import { reasonWords } from './words'

export function tellFailed(one: Scheduled): void {
  toast(m.later_failed({ id: one.interaction_id, reason: reasonWords(one) }), { tone: 'danger' })
}
