import { expect, test } from 'vitest'
import type { ContactList } from '@/api/types'
import { listResource, whoOf, withAnother, withWho } from './list'

const list: ContactList = {
  id: 1,
  version: 3,
  name: 'VIP',
  description: null,
  level: 'merge_delete',
  export: true,
  members: [{ user_id: 4, team_id: null, level: 'view', export: false }],
  deleted_at: null,
}

test('a member is an agent or a team, and keeps their rights when it becomes another', () => {
  const [member] = listResource.toDraft(list).members
  if (!member) throw new Error('there is one')
  expect(whoOf(member)).toBe('user 4')
  const team = withWho({ ...member, export: true }, 'team 9')
  expect(team).toEqual({ user_id: null, team_id: 9, level: 'view', export: true })
  expect(whoOf(team)).toBe('team 9')
  expect(withAnother([team], 'user 2').map(whoOf)).toEqual(['team 9', 'user 2'])
})

test('an empty description is none, and what did not change is not sent', () => {
  expect(listResource.toBody({ description: ' ' })).toEqual({ description: null })
  expect(listResource.toBody({ name: 'Gold' })).toEqual({ name: 'Gold' })
  expect(listResource.check?.({ name: ' ', description: '', members: [] }, true)).toHaveProperty('name')
})
