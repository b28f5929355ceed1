import type { InfiniteData, QueryClient } from '@tanstack/react-query'
import { beforeEach, expect, test, vi } from 'vitest'
import type { Thread } from '@/api/entities'
import { keys } from '@/api/keys'
import { type IdPage, makeQueryClient } from '@/api/queries'
import type { Frame, Interaction, Message, Session } from '@/api/types'
import { interaction, message, presence, session } from '@/test/fixtures'
import { applyToCache } from './cache'

let client: QueryClient
const position = 'p1'
const give = (...frames: Frame[]) => {
  for (const frame of frames) applyToCache(client, frame, () => {})
}
const said = (id: number, minute: number, over: Partial<Message> = {}): Frame => {
  const at = `2026-11-22T10:${String(minute).padStart(2, '0')}:00Z`
  const last = { at, direction: 'in' as const, kind: 'text' as const, preview: '', status: null }
  return {
    type: 'message',
    position,
    message: message({ id, at, ...over }),
    interaction: interaction({ version: id + 1, last_message: last }),
  }
}
const thread = (...items: Message[]): Thread => ({
  pages: [{ items, next: null, position }],
  pageParams: [null],
})
const texts = () =>
  client.getQueryData<Thread>(keys.thread(1))?.pages.flatMap(page => page.items.map(({ id }) => id))
const list = (ids: number[], next: string | null = null): InfiniteData<IdPage, string | null> => ({
  pages: [{ ids, next }],
  pageParams: [null],
})

beforeEach(() => {
  client = makeQueryClient()
  client.setQueryData<Session>(keys.session, session())
})

test('a snapshot and the frames after it are the fresh snapshot, duplicates and all', () => {
  client.setQueryData(keys.thread(1), thread(message({ id: 1, at: '2026-11-22T10:01:00Z' })))
  give(said(1, 1), said(2, 2), said(2, 2), said(3, 3), said(2, 2))
  expect(texts()).toEqual([1, 2, 3])
  expect(client.getQueryData<Interaction>(keys.interaction(1))?.version).toBe(4)
})

test('a late message goes where its time is', () => {
  client.setQueryData(keys.thread(1), thread())
  give(said(1, 10), said(2, 20), said(3, 15))
  expect(texts()).toEqual([1, 3, 2])
})

test('a message older than what is loaded waits for its page', () => {
  const loaded = thread(message({ id: 5, at: '2026-11-22T10:30:00Z' }))
  loaded.pages[0] = { items: loaded.pages[0]?.items ?? [], next: 'more', position }
  client.setQueryData(keys.thread(1), loaded)
  give(said(2, 5))
  expect(texts()).toEqual([5])
})

test('a row moves to the top when its customer writes, and out when it is closed', () => {
  client.setQueryData(keys.interaction(2), interaction({ id: 2 }))
  client.setQueryData(keys.interactionList({ state: 'open' }), list([2, 1]))
  const ids = () =>
    client.getQueryData<InfiniteData<IdPage>>(keys.interactionList({ state: 'open' }))?.pages[0]?.ids
  give(said(1, 40))
  expect(ids()).toEqual([1, 2])
  give({ type: 'interaction', position, interaction: interaction({ version: 99, state: 'closed' }) })
  expect(ids()).toEqual([2])
})

test('gone leaves no trace', () => {
  client.setQueryData(keys.interaction(1), interaction())
  client.setQueryData(keys.thread(1), thread(message()))
  client.setQueryData(keys.interactionList({}), list([1]))
  give({ type: 'gone', position, id: 1 })
  expect(client.getQueryData(keys.interaction(1))).toBeUndefined()
  expect(texts()).toBeUndefined()
  expect(client.getQueryData<InfiniteData<IdPage>>(keys.interactionList({}))?.pages[0]?.ids).toEqual([])
})

test('after a resync a lower version counts, for the numbers may have begun anew', () => {
  vi.useFakeTimers({ now: 1_000 })
  // Seen by a screen, so that it is not simply dropped.
  client.setQueryData(keys.interaction(1), interaction({ version: 50 }))
  client.setQueryData<Session>(keys.session, session({ presence: presence({ version: 50 }) }))
  vi.setSystemTime(2_000)
  give({ type: 'resync', position })
  client.setQueryData(keys.interaction(1), interaction({ version: 50 }), { updatedAt: 1_000 })
  give({ type: 'interaction', position, interaction: interaction({ version: 3, customer: 'Anew' }) })
  expect(client.getQueryData<Interaction>(keys.interaction(1))?.customer).toBe('Anew')
  vi.useRealTimers()
})

test('my own state reaches the session, that of others does not', () => {
  give({ type: 'presence', position, presence: presence({ version: 2, state: 'paused' }) })
  give({ type: 'presence', position, presence: presence({ user_id: 2, version: 9, state: 'offline' }) })
  expect(client.getQueryData<Session>(keys.session)?.presence.state).toBe('paused')
})
