import { expect, test, vi } from 'vitest'
import { message } from '@/test/fixtures'
import { type Draft, Drafts, emptyDraft } from './drafts'

const disk = (initial: [string, Draft][] = []) => {
  const held = new Map(initial)
  return {
    held,
    kept: {
      load: async () => [...held],
      save: async (key: string, draft: Draft) => void held.set(key, draft),
      remove: async (key: string) => void held.delete(key),
    },
  }
}

test('there at once, on disk a moment later', async () => {
  vi.useFakeTimers()
  const { held, kept } = disk()
  const drafts = new Drafts(kept)
  await drafts.open(7)
  drafts.change(3, { text: 'Hel' })
  drafts.change(3, { text: 'Hello' })
  expect(drafts.get(3).text).toBe('Hello')
  expect(held.size).toBe(0)
  await vi.advanceTimersByTimeAsync(300)
  expect(held.get('7:3')?.text).toBe('Hello')
  vi.useRealTimers()
})

test('a page that goes away writes what waits', async () => {
  const { held, kept } = disk()
  const drafts = new Drafts(kept)
  await drafts.open(7)
  drafts.change(3, { text: 'Hello' })
  drafts.flush()
  expect(held.get('7:3')?.text).toBe('Hello')
})

test('an empty box leaves nothing behind, but a quote is something', async () => {
  const { held, kept } = disk([['7:3', { ...emptyDraft, text: 'Hello' }]])
  const drafts = new Drafts(kept)
  await drafts.open(7)
  drafts.change(3, { text: ' ', quote: message({ id: 4 }) })
  drafts.flush()
  expect(held.get('7:3')?.quote?.id).toBe(4)
  drafts.change(3, { quote: null })
  drafts.flush()
  expect(held.size).toBe(0)
})

test('each person has their own', async () => {
  const { kept } = disk([
    ['7:3', { ...emptyDraft, text: 'mine' }],
    ['8:3', { ...emptyDraft, text: 'theirs' }],
  ])
  const drafts = new Drafts(kept)
  await drafts.open(7)
  expect(drafts.get(3).text).toBe('mine')
  await drafts.open(8)
  expect(drafts.get(3).text).toBe('theirs')
})

test('what was typed before the disk answered is newer', async () => {
  const { kept } = disk([['7:3', { ...emptyDraft, text: 'old' }]])
  const drafts = new Drafts(kept)
  const opened = drafts.open(7)
  drafts.change(3, { text: 'new' })
  await opened
  expect(drafts.get(3).text).toBe('new')
})
