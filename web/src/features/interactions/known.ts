// Accounts, queues and people to filter by. Who may not read the settings filters by the accounts and queues that
// their own rows name.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { accountsQuery, queuesQuery, tagsQuery, usersQuery } from '@/api/queries'
import type { Interaction } from '@/api/types'
import { useMay } from '@/features/signin/session'

interface Named {
  id: number
  name: string
}

export interface Known {
  accounts: Named[]
  queues: Named[]
  agents: Named[]
  tags: Named[]
}

export function useKnown(): Known {
  const client = useQueryClient()
  const accounts = useQuery({ ...accountsQuery, enabled: useMay('accounts.edit') }).data
  const queues = useQuery({ ...queuesQuery, enabled: useMay('queues.edit') }).data
  const users = useQuery(usersQuery).data
  const tags = useQuery(tagsQuery).data
  const rows = client
    .getQueriesData<Interaction>({ queryKey: ['interaction'] })
    .flatMap(([, row]) => (row ? [row] : []))
  return {
    tags: tags ?? [],
    accounts: named(accounts ?? rows.map(row => row.account)),
    queues: named(queues ?? rows.map(row => row.queue)),
    agents: named(users?.filter(user => !user.deleted) ?? []),
  }
}

function named(things: readonly (Named | null)[]): Named[] {
  const byId = new Map<number, Named>()
  for (const thing of things) if (thing) byId.set(thing.id, { id: thing.id, name: thing.name })
  return [...byId.values()].sort((one, other) => one.name.localeCompare(other.name))
}
