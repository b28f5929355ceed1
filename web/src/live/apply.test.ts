import { describe, expect, test } from 'vitest'
import type { Frame } from '@/api/types'
import { interaction, message, notice, offer, presence, queueCard } from '@/test/fixtures'
import { apply, type Held } from './apply'

const nothing: Held = {
  interaction: () => undefined,
  message: () => undefined,
  contact: () => undefined,
  presence: () => undefined,
  offers: () => undefined,
  notices: () => undefined,
  dashboard: () => undefined,
}

const position = 'p1'

describe('versions', () => {
  const frame = (version: number): Frame => ({
    type: 'interaction',
    position,
    interaction: interaction({ version }),
  })
  const held: Held = { ...nothing, interaction: () => ({ version: 5 }) }

  test('what is not held is taken', () => {
    expect(apply(nothing, frame(1))).toEqual([
      { do: 'interaction', interaction: interaction({ version: 1 }) },
    ])
  })
  test('a newer version replaces', () => {
    expect(apply(held, frame(6))).toHaveLength(1)
  })
  test('the version one’s own act has brought is still news to the lists', () => {
    expect(apply(held, frame(5))).toEqual([{ do: 'interaction', interaction: interaction({ version: 5 }) }])
  })
  test('an older version is nothing', () => {
    expect(apply(held, frame(4))).toEqual([])
  })
})

test('a message brings its row, each by its own version', () => {
  const frame: Frame = {
    type: 'message',
    position,
    message: message({ version: 2 }),
    interaction: interaction({ version: 9 }),
  }
  expect(apply(nothing, frame).map(change => change.do)).toEqual(['message', 'interaction'])
  const rowIsNewer: Held = { ...nothing, interaction: () => ({ version: 10 }) }
  expect(apply(rowIsNewer, frame).map(change => change.do)).toEqual(['message'])
  const messageIsNewer: Held = { ...nothing, message: () => ({ version: 2 }) }
  expect(apply(messageIsNewer, frame).map(change => change.do)).toEqual(['interaction'])
})

describe('offers', () => {
  const pending = offer()
  test('a customer who is named meanwhile is named there too', () => {
    const other = offer({ id: 7, interaction_id: pending.interaction_id + 1 })
    const held: Held = { ...nothing, offers: () => [pending, other] }
    const named = interaction({ id: pending.interaction_id, customer: 'Nora Keller' })
    const frame: Frame = { type: 'interaction', position, interaction: named }
    expect(apply(held, frame)[1]).toEqual({
      do: 'offers',
      offers: [{ ...pending, customer: 'Nora Keller' }, other],
    })
    const same: Held = { ...nothing, offers: () => [{ ...pending, customer: 'Nora Keller' }] }
    expect(apply(same, frame)).toHaveLength(1)
  })
  test('a new one is on top', () => {
    const held: Held = { ...nothing, offers: () => [offer({ id: 7 })] }
    expect(apply(held, { type: 'offer', position, offer: pending })).toEqual([
      { do: 'offers', offers: [pending, offer({ id: 7 })] },
    ])
  })
  test('one taken by somebody else stays, to say so', () => {
    const taken = offer({ state: 'taken', taken_by: { id: 2, name: 'Luca' }, version: 2 })
    const held: Held = { ...nothing, offers: () => [pending] }
    expect(apply(held, { type: 'offer', position, offer: taken })).toEqual([
      { do: 'offers', offers: [taken] },
    ])
  })
  test('one that ended before it was seen never appears', () => {
    const expired = offer({ state: 'expired', version: 2 })
    expect(apply(nothing, { type: 'offer', position, offer: expired })).toEqual([])
  })
  test('an ended one is not revived by its beginning', () => {
    const held: Held = { ...nothing, offers: () => [offer({ state: 'taken', version: 2 })] }
    expect(apply(held, { type: 'offer', position, offer: pending })).toEqual([])
  })
})

describe('notices', () => {
  const one = notice({ id: 3 })
  const frame: Frame = { type: 'notice', position, notice: one }
  test('a new one is on top', () => {
    const held: Held = { ...nothing, notices: () => [notice({ id: 2 })] }
    expect(apply(held, frame)).toEqual([{ do: 'notices', notices: [one, notice({ id: 2 })] }])
  })
  test('one that was read elsewhere is read here', () => {
    const read = notice({ id: 3, version: 2, read_at: '2026-03-02T09:00:00Z' })
    const held: Held = { ...nothing, notices: () => [one] }
    expect(apply(held, { ...frame, notice: read })).toEqual([{ do: 'notices', notices: [read] }])
    expect(apply({ ...nothing, notices: () => [read] }, frame)).toEqual([])
  })
  test('before the list was read there is nothing to keep true', () => {
    expect(apply(nothing, frame)).toEqual([])
  })
})

describe('queues', () => {
  const dashboard = {
    queues: [queueCard({ id: 1, version: 3 }), queueCard({ id: 2 })],
    presence: presence(),
    position,
  }
  test('a card changes in its place', () => {
    const next = queueCard({ id: 1, version: 4, waiting: 2 })
    expect(
      apply({ ...nothing, dashboard: () => dashboard }, { type: 'queue', position, queue: next }),
    ).toEqual([{ do: 'queues', queues: [next, queueCard({ id: 2 })] }])
  })
  test('an old card is nothing', () => {
    const held: Held = { ...nothing, dashboard: () => dashboard }
    expect(apply(held, { type: 'queue', position, queue: queueCard({ version: 2 }) })).toEqual([])
  })
  test('without a dashboard there is nothing to keep', () => {
    expect(apply(nothing, { type: 'queue', position, queue: queueCard() })).toEqual([])
  })
})

test('presence, by its version', () => {
  const frame: Frame = { type: 'presence', position, presence: presence({ version: 2, state: 'paused' }) }
  expect(apply({ ...nothing, presence: () => ({ version: 2 }) }, frame)).toEqual([])
  expect(apply({ ...nothing, presence: () => ({ version: 1 }) }, frame)).toHaveLength(1)
})

test('gone, resync, changed, signed out', () => {
  expect(apply(nothing, { type: 'gone', position, id: 4 })).toEqual([{ do: 'forget', interactionId: 4 }])
  expect(apply(nothing, { type: 'resync', position })).toEqual([{ do: 'rereadAll' }])
  expect(apply(nothing, { type: 'changed', position, what: 'queues' })).toEqual([
    { do: 'reread', what: 'queues' },
  ])
  expect(apply(nothing, { type: 'signed_out', position })).toEqual([{ do: 'signOut' }])
})

test('a frame of a kind that is not known yet is no error', () => {
  expect(apply(nothing, { type: 'future', position } as unknown as Frame)).toEqual([])
})
