// Choosing agents, teams and queues: the same everywhere.
import { useQuery } from '@tanstack/react-query'
import { problemWords } from '@/api/problem'
import { queuesQuery, teamsQuery, usersQuery } from '@/api/queries'
import { m } from '@/i18n/admin'
import { PickMany } from '@/ui'

interface Bound {
  label: string
  value: number[]
  onChange: (value: number[]) => void
  error: string | undefined
}

type Props = Bound & { description?: string; empty?: string }

export function PickUsers({ empty, ...rest }: Props) {
  const { data, error } = useQuery(usersQuery)
  const options = (data ?? [])
    .filter(user => !user.deleted || rest.value.includes(user.id))
    .map(({ id, name, login }) => ({ id, label: name, description: login }))
  return (
    <PickMany
      {...rest}
      empty={empty ?? m.settings_no_agents()}
      options={options}
      isDisabled={!data}
      error={rest.error ?? unread(error)}
    />
  )
}

export function PickTeams({ empty, ...rest }: Props) {
  const { data, error } = useQuery(teamsQuery)
  const options = (data ?? []).map(({ id, name, user_ids }) => ({
    id,
    label: name,
    description: m.settings_members({ count: user_ids.length }),
  }))
  return (
    <PickMany
      {...rest}
      empty={empty ?? m.settings_no_teams()}
      options={options}
      isDisabled={!data}
      error={rest.error ?? unread(error)}
    />
  )
}

/** Names for ids, while lists are short enough to hold: unknown ones are shown as numbers. */
export function useQueueNames(): (id: number) => string {
  const { data } = useQuery(queuesQuery)
  return id => data?.find(queue => queue.id === id)?.name ?? `#${id}`
}

function unread(error: Error | null): string | undefined {
  return error ? problemWords(error) : undefined
}
