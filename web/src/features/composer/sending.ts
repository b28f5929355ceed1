// The one outbox of this page, joined to the cache: its bubbles stand in the threads until the server's messages
// take their place.
import type { QueryClient } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import { api } from '@/api/client'
import { dropPending, putMessage, type Thread } from '@/api/entities'
import { keys } from '@/api/keys'
import { isProblem } from '@/api/problem'
import type { Message, Session } from '@/api/types'
import { live } from '@/live'
import { bubbleOf } from './bubble'
import { drafts } from './drafts'
import { dropPreview } from './files/preview'
import { uploads } from './files/uploads'
import { type Entry, Outbox } from './outbox'
import { setStale } from './stale'
import { keptIn } from './store'
import { holdWindow, openWindows, windowId } from './windows'

let client: QueryClient | undefined
const listeners = new Set<() => void>()

export const outbox = new Outbox({
  kept: keptIn<Entry>('outbox'),
  post: async (interactionId, body, file) => {
    const post = () => api.post<Message>(`/interactions/${interactionId}/messages`, body)
    if (!file) return post()
    await uploads.ensure(file)
    try {
      return await post()
    } catch (error) {
      if (!isProblem(error) || !error.fields.some(({ name }) => name === 'upload_id')) throw error
      // The server has forgotten it: it is kept for a day.
      uploads.forget(file.id)
      await uploads.ensure(file)
      return post()
    }
  },
  onChange: entry => {
    show(entry)
    tell()
  },
  onSent: (message, { file }) => {
    if (client) putMessage(client, message)
    if (file) {
      uploads.forget(file.id)
      // The bubble shows the page's own copy until it shows the server's.
      setTimeout(() => dropPreview(file.blob), 60_000)
    }
    tell()
  },
  onDrop: entry => {
    if (client) dropPending(client, entry.interactionId, entry.clientId)
    tell()
  },
  onStale: (interactionId, entries, newer) => {
    for (const message of newer) if (client) putMessage(client, message)
    putBack(interactionId, entries)
    setStale(interactionId, newer)
  },
  orphans: async () => {
    const open = await openWindows()
    return entry => entry.window === windowId || !open.has(entry.window)
  },
})

/** For as long as somebody is signed in; answers how to stop. */
export function startSending(cache: QueryClient): () => void {
  client = cache
  const { user } = cache.getQueryData<Session>(keys.session) ?? {}
  if (!user) return () => {}
  holdWindow()
  void drafts.open(user.id)
  void outbox.open(user.id)
  const goOn = () => {
    if (live.connection() === 'live') void outbox.open(user.id)
  }
  const flushWhenHidden = () => {
    if (document.visibilityState === 'hidden') drafts.flush()
  }
  // A thread that was read again comes without what is not sent yet.
  const stopWatching = cache.getQueryCache().subscribe(({ type, query }) => {
    const [kind, interactionId] = query.queryKey
    if (type !== 'updated' || kind !== 'thread' || query.state.fetchStatus !== 'idle') return
    const missing = outbox.of(Number(interactionId)).filter(entry => !isShown(cache, entry))
    if (missing.length > 0) queueMicrotask(() => missing.forEach(show))
  })
  const stopListening = live.subscribe(goOn)
  window.addEventListener('online', outbox.resume)
  window.addEventListener('pagehide', drafts.flush)
  document.addEventListener('visibilitychange', flushWhenHidden)
  return () => {
    stopWatching()
    stopListening()
    window.removeEventListener('online', outbox.resume)
    window.removeEventListener('pagehide', drafts.flush)
    document.removeEventListener('visibilitychange', flushWhenHidden)
    drafts.flush()
    outbox.close()
  }
}

/** What is on its way in one interaction, by client id: what the line under a bubble says and offers. */
export function usePending(interactionId: number): readonly Entry[] {
  const all = useSyncExternalStore(subscribe, outbox.all)
  return all.filter(entry => entry.interactionId === interactionId)
}

export function usePendingEntry(clientId: string | null): Entry | undefined {
  return useSyncExternalStore(subscribe, outbox.all).find(entry => entry.clientId === clientId)
}

/** Everything of this person's that the server has not. */
export function unsentCount(): number {
  return outbox.all().length
}

/** Into the box, in front of what is being written there. */
export function putBack(interactionId: number, entries: readonly Entry[]): void {
  const first = entries[0]
  if (!first) return
  const { text, quote, file } = drafts.get(interactionId)
  const texts = [...entries.map(entry => entry.text), text].filter(one => one.trim())
  drafts.change(interactionId, {
    text: texts.join('\n'),
    isNote: first.kind === 'note',
    quote: quote ?? quoted(interactionId, first),
    file: entries.find(entry => entry.file)?.file ?? file,
  })
}

function quoted(interactionId: number, { replyTo }: Entry): Message | null {
  const thread = client?.getQueryData<Thread>(keys.thread(interactionId))
  return thread?.pages.flatMap(page => page.items).find(({ id }) => id === replyTo?.id) ?? null
}

function show(entry: Entry): void {
  const user = client?.getQueryData<Session>(keys.session)?.user
  if (client && user) putMessage(client, bubbleOf(entry, { id: user.id, name: user.alias ?? user.name }))
}

function isShown(cache: QueryClient, { interactionId, clientId }: Entry): boolean {
  const thread = cache.getQueryData<Thread>(keys.thread(interactionId))
  return !thread || thread.pages.some(page => page.items.some(held => held.client_id === clientId))
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

function tell(): void {
  for (const listener of listeners) listener()
}
