// What is heard and shown of something that comes in: by what this person wants, and by what they are doing. Pure.
import type { Alerts } from './preferences'

export interface Situation {
  /** The page is before somebody's eyes. */
  isLookedAt: boolean
  /** Somebody has a text field under their hands. */
  isWriting: boolean
  /** It belongs to the conversation on screen. */
  isOnScreen: boolean
}

export interface Call {
  sounds: boolean
  notifies: boolean
}

export function callFor(what: 'offer' | 'message', alerts: Alerts, situation: Situation): Call {
  const { isLookedAt, isWriting, isOnScreen } = situation
  const isQuiet = alerts.quietWhileWriting && isLookedAt && isWriting
  // What one is reading anyhow needs no bell.
  const isSeen = what === 'message' && isLookedAt && isOnScreen
  if (isQuiet || isSeen) return { sounds: false, notifies: false }
  return {
    sounds: what === 'offer' ? alerts.sound : alerts.messageSound,
    notifies: alerts.notifications && !isLookedAt,
  }
}
