import type { Presence } from '@/api/types'
import { m } from '@/i18n/pages'

export function stateWords(presence: Pick<Presence, 'state' | 'reason'>): string {
  if (presence.state === 'available') return m.presence_available()
  if (presence.state === 'offline') return m.presence_offline()
  if (presence.reason === 'not_responding')
    return m.presence_paused_for({ reason: m.presence_not_responding() })
  return presence.reason ? m.presence_paused_for({ reason: presence.reason }) : m.presence_paused()
}
