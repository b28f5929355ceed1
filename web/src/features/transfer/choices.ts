// Whom one may choose, and why not. Pure.
import type { AssignmentTarget, Recipient, Recipients, TransferTarget } from '@/api/types'

export interface Choice {
  key: string
  name: string
  to: AssignmentTarget
  /** Of an agent. */
  agent?: Recipient
  /** Of a queue: how many of it are there. */
  there?: number
  isPossible: boolean
}

interface For {
  /** All of them must be theirs to serve. */
  accounts: readonly number[]
  /** Who has it now, and so is no choice. */
  ownerId: number | null
}

/** An owner proposes to who is there: agents who are not come last and cannot be chosen. */
export function forTransfer(all: Recipients, what: For): Choice[] {
  const agents = reaches(all, 'agents', what.accounts)
    ? agentsFor(all, what, one => one.state === 'available')
    : []
  const queues = reaches(all, 'queues', what.accounts) ? queuesFor(all, what) : []
  return [...agents, ...queues].toSorted((a, b) => Number(b.isPossible) - Number(a.isPossible))
}

/** Whether what is of these accounts may be transferred to agents, or to queues; what is unknown may. */
export function reaches(all: Recipients, to: 'agents' | 'queues', accounts: readonly number[]): boolean {
  return accounts.every(id => {
    const reach = all.accounts.find(account => account.id === id)?.transfer_to ?? 'both'
    return reach === 'both' || reach === to
  })
}

/** A supervisor gives it to whom they like, or back to the routing. */
export function forAssignment(all: Recipients, what: For, routing: string): Choice[] {
  const back: Choice = { key: 'routing', name: routing, to: { type: 'routing' }, isPossible: true }
  return [...agentsFor(all, what, () => true), ...queuesFor(all, what), back]
}

function agentsFor(
  all: Recipients,
  { accounts, ownerId }: For,
  isThere: (one: Recipient) => boolean,
): Choice[] {
  const serves = (one: Recipient) => accounts.every(id => one.accounts.includes(id))
  return all.agents
    .filter(one => one.user.id !== ownerId && serves(one))
    .map(agent => ({
      key: `agent ${agent.user.id}`,
      name: agent.user.name,
      to: { type: 'agent', user_id: agent.user.id },
      agent,
      isPossible: isThere(agent),
    }))
}

function queuesFor(all: Recipients, { accounts, ownerId }: For): Choice[] {
  return all.queues.map(({ queue, members }) => ({
    key: `queue ${queue.id}`,
    name: queue.name,
    to: { type: 'queue', queue_id: queue.id },
    there: all.agents.filter(
      one =>
        members.includes(one.user.id) &&
        one.user.id !== ownerId &&
        one.state === 'available' &&
        accounts.every(id => one.accounts.includes(id)),
    ).length,
    isPossible: true,
  }))
}

export function asTransfer(to: AssignmentTarget): TransferTarget | null {
  return to.type === 'routing' ? null : to
}
