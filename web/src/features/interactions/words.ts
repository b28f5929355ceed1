// How a row says what it is: the state in a few words, a message without words by its kind.
import type { Interaction, MessageKind } from '@/api/types'
import { m } from '@/i18n'

export function kindWords(kind: MessageKind): string {
  switch (kind) {
    case 'image':
      return m.interactions_kind_image()
    case 'video':
      return m.interactions_kind_video()
    case 'audio':
      return m.interactions_kind_audio()
    case 'voice':
      return m.interactions_kind_voice()
    case 'document':
      return m.interactions_kind_document()
    case 'sticker':
      return m.interactions_kind_sticker()
    case 'location':
      return m.interactions_kind_location()
    case 'contacts':
      return m.interactions_kind_contacts()
    case 'reaction':
      return m.interactions_kind_reaction()
    case 'interactive':
    case 'button':
      return m.interactions_kind_reply()
    case 'order':
      return m.interactions_kind_order()
    case 'template':
      return m.interactions_kind_template()
    case 'call':
      return m.interactions_kind_call()
    case 'note':
      return m.interactions_kind_note()
    case 'text':
    case 'system':
    case 'unsupported':
      return m.interactions_kind_message()
  }
}

/** Who has it or what it waits for, for screen readers and tooltips; `waited` is the time in words. */
export function stateWords(one: Pick<Interaction, 'state' | 'owner'>, waited: string): string {
  switch (one.state) {
    case 'waiting':
    case 'offered':
      return waited ? m.interactions_state_waiting_for({ time: waited }) : m.interactions_state_waiting()
    case 'unassigned':
      return m.interactions_state_unassigned()
    case 'flow':
      return m.interactions_state_flow()
    case 'bot':
      return m.interactions_state_bot()
    case 'closed':
      return m.interactions_state_closed()
    case 'active':
      return one.owner ? m.interactions_state_with({ name: one.owner.name }) : m.interactions_state_open()
  }
}

/** Whom it is about. A customer may be hidden altogether. */
export function customerName(one: Pick<Interaction, 'customer' | 'phone' | 'id'>): string {
  return one.customer || one.phone || `#${one.id}`
}
