import { expect, test } from 'vitest'
import type { Queue, Team, User } from '@/api/types'
import { reach } from './reach'

const user = (id: number, deleted = false) => ({ id, deleted }) as User
const queue = (id: number, user_ids: number[], team_ids: number[] = []) =>
  ({ id, user_ids, team_ids }) as Queue
const users = [user(1), user(2), user(3, true)]
const teams = [{ id: 1, user_ids: [2] }] as Team[]
const account = { flow: [], default_queue_id: 1, user_ids: [1], team_ids: [] }

test('an account is reached through its queues by its own agents, directly or by a team', () => {
  expect(reach(account, [queue(1, [1])], teams, users)).toEqual({ isNobody: false, empty: [], apart: [] })
  const byTeam = { ...account, user_ids: [], team_ids: [1] }
  expect(reach(byTeam, [queue(1, [2])], teams, users)).toEqual({ isNobody: false, empty: [], apart: [] })
})

test('who was removed is nobody', () => {
  expect(reach({ ...account, user_ids: [3] }, [], teams, users).isNobody).toBe(true)
  expect(reach(account, [queue(1, [3])], teams, users).empty.map(({ id }) => id)).toEqual([1])
})

test('a queue whose agents are none of the account’s is told of; queues it does not use are not', () => {
  const queues = [queue(1, [], [1]), queue(2, [])]
  const { apart, empty } = reach(account, queues, teams, users)
  expect([apart.map(({ id }) => id), empty]).toEqual([[1], []])
})
