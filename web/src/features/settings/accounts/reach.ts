// Whether anybody will ever be offered what an account receives. Pure.
import type { Queue, Team, User } from '@/api/types'
import { everybody, type Members } from '../members'
import type { AccountDraft } from './account'

export interface Reach {
  /** Nobody is associated with the account. */
  isNobody: boolean
  /** Queues of its flow in which nobody is. */
  empty: Queue[]
  /** Queues whose agents are none of the account's: they are never asked for it. */
  apart: Queue[]
}

export function reach(
  draft: Pick<AccountDraft, 'flow' | 'default_queue_id'> & Members,
  queues: readonly Queue[],
  teams: readonly Team[],
  users: readonly User[],
): Reach {
  const mine = everybody(draft, teams, users)
  const ids = new Set([...draft.flow.map(step => step.queue_id), draft.default_queue_id])
  const out: Reach = { isNobody: mine.size === 0, empty: [], apart: [] }
  for (const queue of queues.filter(({ id }) => ids.has(id))) {
    const members = everybody(queue, teams, users)
    if (members.size === 0) out.empty.push(queue)
    else if (mine.size > 0 && ![...members].some(id => mine.has(id))) out.apart.push(queue)
  }
  return out
}
