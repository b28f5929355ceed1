// The quiet lines of a thread, in words. A code of tomorrow's server is still readable.
import type { Message } from '@/api/types'
import { m } from '@/i18n/pages'
import { dateAndTime, millis } from '@/lib/time'
import { authorName } from './author'

type Params = Record<string, string>

const lines: Record<string, (name: string, params: Params) => string> = {
  accepted: name => m.conversation_line_accepted({ name }),
  taken: (name, { from }) =>
    from ? m.conversation_line_taken_from({ name, from }) : m.conversation_line_taken({ name }),
  closed: (name, params) =>
    ended(name ? m.conversation_line_closed({ name }) : m.conversation_line_closed_itself(), params),
  closed_no_answer: (_, params) => ended(m.conversation_line_closed_no_answer(), params),
  closed_blocked: (_, params) => ended(m.conversation_line_closed_blocked(), params),
  disposed: (name, { disposition, from }) => {
    if (!disposition) return m.conversation_line_disposed_none({ name })
    return from
      ? m.conversation_line_disposed_from({ name, to: disposition, from })
      : m.conversation_line_disposed({ name, to: disposition })
  },
  put_off: (name, { until }) =>
    until
      ? m.conversation_line_put_off_until({ name, time: dateAndTime(millis(until)) })
      : m.conversation_line_put_off({ name }),
  taken_up: name => m.conversation_line_taken_up({ name }),
  reminded: () => m.conversation_line_reminded(),
  tagged: (name, { tags }) => m.conversation_line_tagged({ name, tags: tags ?? '' }),
  untagged: (name, { tags }) => m.conversation_line_untagged({ name, tags: tags ?? '' }),
  blocked: (name, { reason }) => m.conversation_line_blocked({ name, reason: reason ?? '' }),
  block_confirmed: name => m.conversation_line_block_confirmed({ name }),
  block_lifted: name => m.conversation_line_block_lifted({ name }),
  reopened: name => (name ? m.conversation_line_reopened_by({ name }) : m.conversation_line_reopened()),
  started: name => m.conversation_line_started({ name }),
  asked_for: name => m.conversation_line_asked_for({ name }),
  linked: name => m.conversation_line_linked({ name }),
  given_back: name => m.conversation_line_given_back({ name }),
  owner_gone: (_, { from }) => m.conversation_line_owner_gone({ from: from ?? '' }),
  transfer_proposed: (name, { to }) => m.conversation_line_transfer_proposed({ name, to: to ?? '' }),
  transfer_accepted: (name, { from }) => m.conversation_line_transfer_accepted({ name, from: from ?? '' }),
  transfer_rejected: (name, { to }) => m.conversation_line_transfer_rejected({ name: name || (to ?? '') }),
  transfer_expired: (_, { to }) => m.conversation_line_transfer_expired({ to: to ?? '' }),
  transfer_nobody: (_, { to }) => m.conversation_line_transfer_nobody({ to: to ?? '' }),
  transfer_cancelled: name => m.conversation_line_transfer_cancelled({ name }),
  transfer_unreachable: (_, { to }) => m.conversation_line_transfer_unreachable({ to: to ?? '' }),
  assigned: (name, { to, from }) =>
    from
      ? m.conversation_line_assigned_from({ name, to: to ?? '', from })
      : m.conversation_line_assigned({ name, to: to ?? '' }),
  sent_to_queue: (name, { to }) => m.conversation_line_sent_to_queue({ name, to: to ?? '' }),
  'customer.number_changed': (_, { to }) =>
    to ? m.conversation_line_number_changed({ to }) : m.conversation_line_number_changed_unknown(),
  'customer.user_id_changed': () => m.conversation_line_user_id_changed(),
  'customer.identity_changed': () => m.conversation_line_identity_changed(),
  'message.deleted': () => m.conversation_line_deleted(),
}
lines.number_changed = (name, params) => lines['customer.number_changed']?.(name, params) ?? ''

/** With how it ended, where that was said. */
function ended(words: string, { disposition }: Params): string {
  return disposition ? `${words} · ${disposition}` : words
}

export function systemWords(message: Message): string {
  const { content, text, author } = message
  if (content.type !== 'system') return text ?? ''
  // The desk itself has no name: the line is worded without one.
  const name = author.kind === 'agent' ? authorName(message) : ''
  const known = Object.hasOwn(lines, content.code) ? lines[content.code] : undefined
  if (known) return known(name, content.params)
  if (content.code === 'customer.notice') {
    return m.conversation_line_notice({ text: text ?? content.params.type ?? '' })
  }
  return text ?? m.conversation_line_other({ code: content.code })
}
