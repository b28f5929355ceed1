import { expect, test, vi } from 'vitest'
import { message } from '@/test/fixtures'
import { type Draft, Drafts, emptyDraft } from './drafts'
import { type Picked, pick } from './files/picked'

const disk = <T = Draft>(initial: [string, T][] = []) => {
  const held = new Map(initial)
  return {
    held,
    kept: {
      load: async () => [...held],
      save: async (key: string, value: T) => void held.set(key, value),
      remove: async (key: string) => void held.delete(key),
    },
  }
}

test('there at once, on disk a moment later', async () => {
  vi.useFakeTimers()
  const { held, kept } = disk()
  const drafts = new Drafts(kept, disk<Picked>().kept)
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
  const drafts = new Drafts(kept, disk<Picked>().kept)
  await drafts.open(7)
  drafts.change(3, { text: 'Hello' })
  drafts.flush()
  expect(held.get('7:3')?.text).toBe('Hello')
})

test('an empty box leaves nothing behind, but a quote is something', async () => {
  const { held, kept } = disk([['7:3', { ...emptyDraft, text: 'Hello' }]])
  const drafts = new Drafts(kept, disk<Picked>().kept)
  await drafts.open(7)
  drafts.change(3, { text: ' ', quote: message({ id: 4 }) })
  drafts.flush()
  expect(held.get('7:3')?.quote?.id).toBe(4)
  drafts.change(3, { quote: null })
  drafts.flush()
  expect(held.size).toBe(0)
})

test('who signs out leaves nothing, and what is others’ stays', async () => {
  const { held, kept } = disk([
    ['7:3', { ...emptyDraft, text: 'mine' }],
    ['8:3', { ...emptyDraft, text: 'theirs' }],
  ])
  const drafts = new Drafts(kept, disk<Picked>().kept)
  await drafts.open(7)
  drafts.change(4, { text: 'just begun' })
  await drafts.forget(7)
  drafts.flush()
  expect([...held.keys()]).toEqual(['8:3'])
  expect(drafts.get(3)).toBe(emptyDraft)
})

test('each person has their own', async () => {
  const { kept } = disk([
    ['7:3', { ...emptyDraft, text: 'mine' }],
    ['8:3', { ...emptyDraft, text: 'theirs' }],
  ])
  const drafts = new Drafts(kept, disk<Picked>().kept)
  await drafts.open(7)
  expect(drafts.get(3).text).toBe('mine')
  await drafts.open(8)
  expect(drafts.get(3).text).toBe('theirs')
})

test('what was typed before the disk answered is newer', async () => {
  const { kept } = disk([['7:3', { ...emptyDraft, text: 'old' }]])
  const drafts = new Drafts(kept, disk<Picked>().kept)
  const opened = drafts.open(7)
  drafts.change(3, { text: 'new' })
  await opened
  expect(drafts.get(3).text).toBe('new')
})

test('a file is kept apart from the words, and with them', async () => {
  const { held, kept } = disk()
  const files = disk<Picked>()
  const lamp = pick(new Blob(['lamp']), 'lamp.png')
  const drafts = new Drafts(kept, files.kept)
  await drafts.open(7)
  drafts.change(3, { file: lamp })
  drafts.change(3, { text: 'This one' })
  drafts.flush()
  expect(held.get('7:3')).toMatchObject({ text: 'This one', file: null })
  const reloaded = new Drafts(kept, files.kept)
  await reloaded.open(7)
  expect(reloaded.get(3)).toMatchObject({ text: 'This one', file: lamp })
  reloaded.change(3, { file: null })
  expect(files.held.size).toBe(0)
})
