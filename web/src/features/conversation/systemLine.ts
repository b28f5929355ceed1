// The quiet lines of a thread, in words. A code of tomorrow's server is still readable.
import type { Message } from '@/api/types'
import { m } from '@/i18n/pages'
import { authorName } from './author'

type Params = Record<string, string>

const lines: Record<string, (name: string, params: Params) => string> = {
  accepted: name => m.conversation_line_accepted({ name }),
  taken: (name, { from }) =>
    from ? m.conversation_line_taken_from({ name, from }) : m.conversation_line_taken({ name }),
  closed: name => (name ? m.conversation_line_closed({ name }) : m.conversation_line_closed_itself()),
  reopened: name => (name ? m.conversation_line_reopened_by({ name }) : m.conversation_line_reopened()),
  started: name => m.conversation_line_started({ name }),
  asked_for: name => m.conversation_line_asked_for({ name }),
  given_back: name => m.conversation_line_given_back({ name }),
  transferred: (name, { to }) => m.conversation_line_transferred({ name, to: to ?? '?' }),
  'customer.number_changed': (_, { to }) =>
    to ? m.conversation_line_number_changed({ to }) : m.conversation_line_number_changed_unknown(),
  'customer.user_id_changed': () => m.conversation_line_user_id_changed(),
  'customer.identity_changed': () => m.conversation_line_identity_changed(),
  'message.deleted': () => m.conversation_line_deleted(),
}
lines.number_changed = (name, params) => lines['customer.number_changed']?.(name, params) ?? ''

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
