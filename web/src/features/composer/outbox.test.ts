import { beforeEach, describe, expect, test, vi } from 'vitest'
import { ApiProblem, networkProblem } from '@/api/problem'
import type { Message, SendMessage } from '@/api/types'
import { message } from '@/test/fixtures'
import { type Entry, Outbox } from './outbox'
import type { Kept } from './store'

type Answer = (body: SendMessage) => Promise<Message>

let disk: Map<string, Entry>
let sent: SendMessage[]
let answer: Answer
let log: string[]

const kept: Kept<Entry> = {
  load: async () => [...disk],
  save: async (key, entry) => void disk.set(key, entry),
  remove: async key => void disk.delete(key),
}

const accepted: Answer = async body =>
  message({ id: sent.length, client_id: body.client_id, text: body.text })
const offline: Answer = async () => {
  throw networkProblem(new Error('offline'))
}
const problem = (code: string, params: Record<string, unknown> = {}, status = 409) =>
  new ApiProblem({ type: '', title: '', detail: '', status, code, params, fields: [] })

const make = (over: Partial<ConstructorParameters<typeof Outbox>[0]> = {}) =>
  new Outbox({
    kept,
    post: async (_, body) => {
      sent.push(body)
      return await answer(body)
    },
    onChange: entry => log.push(`${entry.text} ${entry.state}`),
    onSent: ({ text }) => log.push(`${text} sent`),
    onDrop: entry => log.push(`${entry.text} dropped`),
    onStale: (_, entries, newer) =>
      log.push(`stale ${entries.map(({ text }) => text).join('+')} for ${newer.length}`),
    backOff: () => 1_000_000,
    ...over,
  })

const write = (text: string, over: Partial<Entry> = {}) => ({
  clientId: `id-${text}`,
  window: 'w',
  interactionId: 1,
  at: '2026-11-22T10:00:00Z',
  kind: 'text' as const,
  text,
  replyTo: null,
  seenThrough: 5,
  confirm: false,
  ...over,
})
const settle = () => new Promise(resolve => setTimeout(resolve))
const texts = () => sent.map(({ text }) => text)

beforeEach(() => {
  disk = new Map()
  sent = []
  log = []
  answer = accepted
})

describe('order', () => {
  test('one after the other, whatever each takes', async () => {
    const outbox = make()
    await outbox.open(1)
    let release = () => {}
    answer = body =>
      body.text === 'a'
        ? new Promise(resolve => {
            release = () => resolve(message({ client_id: body.client_id, text: 'a' }))
          })
        : accepted(body)
    for (const text of ['a', 'b', 'c']) outbox.send(write(text))
    await settle()
    expect(texts()).toEqual(['a'])
    release()
    await settle()
    expect(texts()).toEqual(['a', 'b', 'c'])
    expect(disk.size).toBe(0)
  })

  test('one interaction does not wait for another', async () => {
    const outbox = make()
    await outbox.open(1)
    answer = body => (body.text === 'a' ? new Promise(() => {}) : accepted(body))
    outbox.send(write('a'))
    outbox.send(write('b', { interactionId: 2 }))
    await settle()
    expect(log).toContain('b sent')
  })
})

describe('without connection', () => {
  test('it waits, and goes out in order with the same client ids', async () => {
    const outbox = make()
    await outbox.open(1)
    answer = offline
    outbox.send(write('a'))
    outbox.send(write('b'))
    await settle()
    expect(outbox.of(1).map(({ state }) => state)).toEqual(['waiting', 'sending'])
    answer = accepted
    outbox.resume()
    await settle()
    expect(texts().slice(-2)).toEqual(['a', 'b'])
    expect(new Set(sent.filter(({ text }) => text === 'a').map(body => body.client_id))).toEqual(
      new Set(['id-a']),
    )
    expect(outbox.all()).toEqual([])
  })

  test('a server that restarts is no refusal', async () => {
    const outbox = make()
    await outbox.open(1)
    answer = async () => {
      throw problem('unavailable', {}, 503)
    }
    outbox.send(write('a'))
    await settle()
    expect(outbox.of(1)[0]?.state).toBe('waiting')
  })

  test('what is left after a reload goes out by itself, in order', async () => {
    const before = make()
    await before.open(1)
    answer = offline
    before.send(write('a'))
    before.send(write('b'))
    await settle()
    answer = accepted
    sent = []
    const after = make()
    await after.open(1)
    await settle()
    expect(texts()).toEqual(['a', 'b'])
    expect(disk.size).toBe(0)
  })

  test('another person does not send it, and it is still there for the first', async () => {
    const outbox = make()
    await outbox.open(1)
    answer = offline
    outbox.send(write('a'))
    await settle()
    sent = []
    await outbox.open(2)
    await settle()
    expect(sent).toEqual([])
    expect(disk.size).toBe(1)
  })

  test('what another open window is sending is left to it', async () => {
    disk.set('x', {
      ...write('x'),
      userId: 1,
      number: 1,
      state: 'sending',
      wasTried: true,
      problem: null,
      version: 1,
    })
    const outbox = make({ orphans: async () => () => false })
    await outbox.open(1)
    await settle()
    expect(sent).toEqual([])
  })

  test('what may have arrived cannot be taken back; what never left can', async () => {
    const outbox = make()
    await outbox.open(1)
    answer = offline
    outbox.send(write('a'))
    outbox.send(write('b'))
    await settle()
    expect(outbox.takeBack('id-a')).toBeNull()
    expect(outbox.takeBack('id-b')?.text).toBe('b')
    expect(log.at(-1)).toBe('b dropped')
  })
})

describe('refused', () => {
  test('it stays with its reason, and the next one goes on', async () => {
    const outbox = make()
    await outbox.open(1)
    answer = body => (body.text === 'a' ? Promise.reject(problem('window_closed')) : accepted(body))
    outbox.send(write('a'))
    outbox.send(write('b'))
    await settle()
    expect(outbox.all().map(({ text, state, problem: why }) => [text, state, why?.code])).toEqual([
      ['a', 'refused', 'window_closed'],
    ])
    expect(log).toContain('b sent')
  })

  test('once more, when the reason is gone', async () => {
    const outbox = make()
    await outbox.open(1)
    answer = () => Promise.reject(problem('window_closed'))
    outbox.send(write('a'))
    await settle()
    answer = accepted
    outbox.again('id-a')
    await settle()
    expect(outbox.all()).toEqual([])
    expect(texts()).toEqual(['a', 'a'])
  })

  test('a reload keeps it refused: it is not sent again by itself', async () => {
    const outbox = make()
    await outbox.open(1)
    answer = () => Promise.reject(problem('closed'))
    outbox.send(write('a'))
    await settle()
    sent = []
    answer = accepted
    const after = make()
    await after.open(1)
    await settle()
    expect(sent).toEqual([])
    expect(after.all()[0]?.state).toBe('refused')
  })
})

describe('the guard against blind answers', () => {
  test('what is refused and what was written after it leave together; notes do not', async () => {
    const outbox = make()
    await outbox.open(1)
    answer = body =>
      body.kind === 'note'
        ? accepted(body)
        : Promise.reject(problem('stale_reply', { messages: [message()] }))
    outbox.send(write('a'))
    outbox.send(write('b'))
    outbox.send(write('n', { kind: 'note' }))
    await settle()
    expect(log).toContain('stale a+b for 1')
    expect(log).toContain('n sent')
    expect(texts()).toEqual(['a', 'n'])
    expect(outbox.all()).toEqual([])
  })

  test('what was read is said with it, and the confirmation too', async () => {
    const outbox = make()
    await outbox.open(1)
    outbox.send(write('a', { seenThrough: 9, confirm: true }))
    await settle()
    expect(sent[0]).toEqual({
      client_id: 'id-a',
      kind: 'text',
      text: 'a',
      reply_to: null,
      seen_through: 9,
      confirm: true,
    })
  })
})

test('failures are tried again later, ever more seldom', async () => {
  vi.useFakeTimers()
  const delays: number[] = []
  const outbox = make({
    backOff: failures => {
      delays.push(failures)
      return 100
    },
  })
  await outbox.open(1)
  answer = offline
  outbox.send(write('a'))
  await vi.advanceTimersByTimeAsync(250)
  expect(delays).toEqual([1, 2, 3])
  expect(texts()).toEqual(['a', 'a', 'a'])
  outbox.close()
  vi.useRealTimers()
})

describe('files', () => {
  const file = (name: string) => ({
    id: `file-${name}`,
    blob: new Blob([name]),
    name,
    kind: 'image' as const,
  })

  test('a file keeps its place between texts, and is kept until the server has it', async () => {
    const outbox = make()
    await outbox.open(1)
    answer = offline
    outbox.send(write('a'))
    outbox.send(write('b', { kind: 'file', file: file('b') }))
    outbox.send(write('c'))
    await settle()
    expect([...disk.values()].map(entry => entry.file?.name)).toEqual([undefined, 'b', undefined])
    answer = accepted
    outbox.resume()
    await settle()
    expect(texts().slice(-3)).toEqual(['a', 'b', 'c'])
    expect(sent.at(-2)).toMatchObject({ kind: 'file', upload_id: 'file-b' })
    expect(disk.size).toBe(0)
  })

  test('of several that were sent blindly one goes back to the box; the others wait for a word', async () => {
    const outbox = make()
    await outbox.open(1)
    answer = async body => {
      if (body.confirm) return accepted(body)
      throw problem('stale_reply', { messages: [message()] })
    }
    outbox.send(write('a', { kind: 'file', file: file('a') }))
    outbox.send(write('b', { kind: 'file', file: file('b') }))
    await settle()
    expect(log).toContain('stale a for 1')
    expect(outbox.of(1).map(({ text, state }) => [text, state])).toEqual([['b', 'refused']])
    outbox.again('id-b')
    await settle()
    expect(sent.at(-1)).toMatchObject({ upload_id: 'file-b', confirm: true })
    expect(outbox.all()).toEqual([])
  })
})
