import { expect, test } from 'vitest'
import type { Interaction } from '@/api/types'
import { interaction } from '@/test/fixtures'
import { writing } from './writing'

const now = Date.parse('2026-11-22T12:00:00Z')
const why = (over: Partial<Interaction>) => writing(interaction(over), 1, now).hindrance
const nothing = {
  write: false,
  note: true,
  take: true,
  close: false,
  dispose: false,
  snooze: false,
  tag: false,
  block: false,
  reopen: false,
  transfer: false,
  cancel_transfer: false,
  assign: false,
  export: false,
}
const other = { id: 2, name: 'Luca' }

test.each<[string, Partial<Interaction>, ReturnType<typeof why>]>([
  ['mine, with no limit', {}, null],
  ['closed', { state: 'closed', may: nothing }, 'closed'],
  ['somebody else has it', { owner: other, may: nothing }, 'owner'],
  ['a supervisor may write in it all the same', { owner: other }, null],
  ['waiting', { state: 'waiting', owner: null, may: nothing }, 'waiting'],
  ['offered', { state: 'offered', owner: null, may: nothing }, 'waiting'],
  ['a bot has it', { state: 'bot', owner: null, may: nothing }, 'bot'],
  ['the flow has it', { state: 'flow', owner: null, may: nothing }, 'flow'],
  ['mine, but reading only', { may: nothing }, 'rights'],
  ['the window was closed', { window: { open: false, expires_at: null, cause: null } }, 'window'],
  [
    'the window closed since the row came',
    { window: { open: true, expires_at: '2026-11-22T11:59:59Z', cause: 'message' } },
    'window',
  ],
  [
    'the window is open',
    { window: { open: true, expires_at: '2026-11-22T12:00:01Z', cause: 'message' } },
    null,
  ],
])('%s', (_, over, expected) => {
  expect(why(over)).toBe(expected)
})
