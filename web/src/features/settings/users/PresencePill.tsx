import type { User } from '@/api/types'
import { m } from '@/i18n/admin'
import { Pill, type Tone } from '@/ui'

const tones: Record<User['presence'], Tone> = { available: 'success', paused: 'warning', offline: 'muted' }
const words: Record<User['presence'], () => string> = {
  available: () => m.presence_available(),
  paused: () => m.presence_paused(),
  offline: () => m.presence_offline(),
}

export function PresencePill({ user }: { user: Pick<User, 'presence' | 'deleted'> }) {
  if (user.deleted) return <Pill tone="danger">{m.settings_user_removed()}</Pill>
  return <Pill tone={tones[user.presence]}>{words[user.presence]()}</Pill>
}
