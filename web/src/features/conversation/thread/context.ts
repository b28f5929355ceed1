// What a message needs of the thread around it. The object stays the same while the thread is open.
import { createContext, useContext } from 'react'
import type { Attachment, Message } from '@/api/types'
import type { Over } from '@/features/interactions/can'

export interface ThreadActions {
  interactionId: number
  myId: number
  mayWrite: boolean
  /** What the account's provider can do. */
  over: Over
  maySeeRaw: boolean
  jumpTo: (messageId: number) => void
  openViewer: (attachment: Attachment) => void
  openMenu: (message: Message, anchor: Element) => void
  openReactions: (message: Message, anchor: Element) => void
  showRaw: (message: Message) => void
  showHistory: (message: Message) => void
}

export const ThreadContext = createContext<ThreadActions | null>(null)

export function useThread(): ThreadActions {
  const actions = useContext(ThreadContext)
  if (!actions) throw new Error('a message stands in a thread')
  return actions
}
