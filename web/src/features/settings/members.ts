// Who belongs to what, directly or by a team. Pure.
import type { Team, User } from '@/api/types'

export interface Members {
  user_ids: readonly number[]
  team_ids: readonly number[]
}

/** Everybody who is there, without those who were removed. */
export function everybody(members: Members, teams: readonly Team[], users: readonly User[]): Set<number> {
  const here = new Set(users.filter(user => !user.deleted).map(user => user.id))
  const ofTeams = teams.filter(team => members.team_ids.includes(team.id)).flatMap(team => team.user_ids)
  return new Set([...members.user_ids, ...ofTeams].filter(id => here.has(id)))
}
