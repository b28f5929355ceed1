import { expect, test } from 'vitest'
import type { Recipient, Recipients, TransferReach } from '@/api/types'
import { forAssignment, forTransfer } from './choices'

function agent(id: number, name: string, over: Partial<Recipient> = {}): Recipient {
  return {
    user: { id, name },
    state: 'available',
    reason: null,
    since: null,
    open: 1,
    capacity: 5,
    accounts: [1],
    ...over,
  }
}

const all: Recipients = {
  agents: [
    agent(1, 'Ann'),
    agent(2, 'Bob', { state: 'paused' }),
    agent(3, 'Zoë'),
    agent(4, 'Eve', { accounts: [2] }),
  ],
  queues: [{ queue: { id: 7, name: 'Billing' }, members: [1, 2, 3, 4] }],
  accounts: [],
}
const reaching = (transfer_to: TransferReach): Recipients => ({
  ...all,
  accounts: [
    { id: 1, transfer_to, transfer_timeout_s: 300 },
    { id: 2, transfer_to: 'off', transfer_timeout_s: 300 },
  ],
})
const what = { accounts: [1], ownerId: 1 }
const names = (choices: { name: string }[]) => choices.map(({ name }) => name)

test('an owner proposes to who is there and of the account, and who is not comes last', () => {
  const choices = forTransfer(reaching('both'), what)
  expect(names(choices)).toEqual(['Zoë', 'Billing', 'Bob'])
  expect(choices.map(({ isPossible }) => isPossible)).toEqual([true, true, false])
  expect(choices[1]?.there).toBe(1)
  expect(names(forTransfer(reaching('queues'), what))).toEqual(['Billing'])
  expect(names(forTransfer(reaching('agents'), what))).toEqual(['Zoë', 'Bob'])
  expect(forTransfer(reaching('off'), what)).toEqual([])
  expect(forTransfer(reaching('both'), { accounts: [1, 2], ownerId: 1 })).toEqual([])
})

test('a supervisor assigns to whom they like, or back to the routing', () => {
  const choices = forAssignment(all, what, 'Routing')
  expect(names(choices)).toEqual(['Bob', 'Zoë', 'Billing', 'Routing'])
  expect(choices.every(({ isPossible }) => isPossible)).toBe(true)
})
