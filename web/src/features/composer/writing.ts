// Whether one may write to the customer here, why not, and what one may do instead.
import type { Interaction } from '@/api/types'
import { millis } from '@/lib/time'

export type Hindrance =
  | 'closed'
  | 'window'
  /** Somebody else's. */
  | 'owner'
  /** It waits for somebody: taking it makes it one's own. */
  | 'waiting'
  | 'flow'
  | 'bot'
  | 'rights'

export interface Writing {
  may: boolean
  hindrance: Hindrance | null
}

export function writing(interaction: Interaction, myId: number, now: number): Writing {
  const hindrance = hindranceOf(interaction, myId, now)
  return { may: hindrance === null, hindrance }
}

function hindranceOf(interaction: Interaction, myId: number, now: number): Hindrance | null {
  const { state, owner, may } = interaction
  if (state === 'closed') return 'closed'
  if (state === 'flow') return 'flow'
  if (state === 'bot') return 'bot'
  if (state === 'waiting' || state === 'offered' || state === 'unassigned') return 'waiting'
  if (owner !== null && owner.id !== myId && !may.write) return 'owner'
  // Of two reasons the window is named last: who may not write anyhow is not helped by an open one.
  if (!isWindowOpen(interaction, now)) return 'window'
  return may.write ? null : 'rights'
}

/** The row says how the window stood when it was sent; the clock may have run out since. */
export function isWindowOpen({ window }: Interaction, now: number): boolean {
  return window.open && (window.expires_at === null || millis(window.expires_at) > now)
}
