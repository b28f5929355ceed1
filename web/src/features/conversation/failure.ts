// Why a message was not sent, in words with the next step. What we have no words for shows the server's.
import type { Failure } from '@/api/types'
import { m } from '@/i18n/pages'

const reasons: Record<string, () => string> = {
  network: () => m.conversation_fail_network(),
  lane_timeout: () => m.conversation_fail_timeout(),
  no_account: () => m.conversation_fail_no_account(),
  unexplained: () => m.conversation_fail_unexplained(),
  unsendable: () => m.conversation_fail_message(),
  'meta.131047': () => m.conversation_fail_window(),
  'meta.131026': () => m.conversation_fail_unreachable(),
  'meta.131021': () => m.conversation_fail_unreachable(),
  'meta.368': () => m.conversation_fail_locked(),
  'meta.131031': () => m.conversation_fail_locked(),
  'meta.131042': () => m.conversation_fail_payment(),
  'meta.131044': () => m.conversation_fail_payment(),
  'meta.131048': () => m.conversation_fail_limit(),
  'meta.131052': () => m.conversation_fail_file(),
  'meta.131053': () => m.conversation_fail_file(),
}

const families: [readonly number[], () => string][] = [
  [[0, 3, 10, 102, 190, 401, 403, 131005], () => m.conversation_fail_token()],
  [[4, 429, 80007, 130429, 131056], () => m.conversation_fail_too_fast()],
  [[1, 2, 131000, 131016, 131057, 133004], () => m.conversation_fail_busy()],
  [[100, 131008, 131009, 131051, 135000], () => m.conversation_fail_message()],
  [[33, 131037, 131045, 133000, 133005, 133006, 133008, 133009, 133010], () => m.conversation_fail_number()],
]

export function failureWords(failure: Failure): string {
  const reason = reasonOf(failure)
  const next = nextWords(failure.next)
  return next ? m.conversation_failed_because({ reason, next }) : reason
}

function reasonOf({ code, title }: Failure): string {
  const known = Object.hasOwn(reasons, code) ? reasons[code] : undefined
  if (known) return known()
  const number = Number(/^meta\.(\d+)$/.exec(code)?.[1])
  const family = families.find(([numbers]) => numbers.includes(number))
  if (family) return family[1]()
  return m.conversation_fail_title({ title: title || code })
}

function nextWords(next: string): string {
  switch (next) {
    case 'template':
      return m.conversation_next_template()
    case 'retry':
      return m.conversation_next_retry()
    case 'wait':
      return m.conversation_next_wait()
    case 'check_number':
      return m.conversation_next_check_number()
    case 'call_admin':
      return m.conversation_next_call_admin()
    case 'change_message':
      return m.conversation_next_change_message()
    default:
      return ''
  }
}
