// The one stream of this page. The frame starts it after sign-in; components read the connection and whisper.
import type { QueryClient } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore } from 'react'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import type { Frame, Position, Session } from '@/api/types'
import { arrived } from './arrivals'
import { applyToCache } from './cache'
import { remember, whenReplaying } from './replay'
import { type Connection, Stream } from './socket'

export type { Typing } from './cache'
export type { Connection } from './socket'

let onFrame: (frame: Frame) => void = () => {}

export const live = new Stream({
  onFrame: frame => onFrame(frame),
  poll: (since, signal) =>
    api.get<{ events: Frame[]; position: Position }>('/events', { query: { since }, signal }),
})

/** Joins the stream to the cache; answers how to stop. */
export function startLive(client: QueryClient, onSignOut: () => void): () => void {
  onFrame = frame => {
    remember(frame)
    // A first version is new; later ones are ticks and reactions.
    if (frame.type === 'message' && frame.message.version === 1) arrived(frame.message, frame.interaction)
    applyToCache(client, frame, onSignOut)
  }
  whenReplaying(frames => {
    for (const frame of frames) {
      if (frame.type !== 'resync' && frame.type !== 'signed_out') applyToCache(client, frame, onSignOut)
    }
  })
  live.start(client.getQueryData<Session>(keys.session)?.position ?? '')
  return () => live.stop()
}

export function useConnection(): Connection {
  return useSyncExternalStore(live.subscribe, live.connection)
}

/** Tells the desk that this interaction is on screen, for as long as it is. */
export function useWatching(interactionId: number): void {
  useEffect(() => {
    live.watch(interactionId)
    return () => live.watch(null)
  }, [interactionId])
}
