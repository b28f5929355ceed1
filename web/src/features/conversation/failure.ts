// Why a message was not sent, in words with the next step. What we have no words for shows the server's.
import type { Failure } from '@/api/types'
import { m } from '@/i18n/pages'
// Which reason a code is: the server words transcripts by the same file.
import codes from '../../../messages/failures.json'

type Reason = (typeof codes)[keyof typeof codes]

const reasons: Record<string, () => string> = {
  busy: () => m.conversation_fail_busy(),
  file: () => m.conversation_fail_file(),
  limit: () => m.conversation_fail_limit(),
  locked: () => m.conversation_fail_locked(),
  message: () => m.conversation_fail_message(),
  network: () => m.conversation_fail_network(),
  no_account: () => m.conversation_fail_no_account(),
  number: () => m.conversation_fail_number(),
  payment: () => m.conversation_fail_payment(),
  storage: () => m.conversation_fail_storage(),
  timeout: () => m.conversation_fail_timeout(),
  token: () => m.conversation_fail_token(),
  too_fast: () => m.conversation_fail_too_fast(),
  unexplained: () => m.conversation_fail_unexplained(),
  unreachable: () => m.conversation_fail_unreachable(),
  window: () => m.conversation_fail_window(),
}

export function failureWords(failure: Failure): string {
  const reason = reasonOf(failure)
  const next = nextWords(failure.next)
  return next ? m.conversation_failed_because({ reason, next }) : reason
}

function reasonOf({ code, title }: Failure): string {
  const known: Reason | undefined = new Map(Object.entries(codes)).get(code)
  return (known && reasons[known]?.()) || m.conversation_fail_title({ title: title || code })
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
