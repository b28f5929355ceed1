import { useQuery } from '@tanstack/react-query'
import { ListOrdered } from 'lucide-react'
import { queuesQuery } from '@/api/queries'
import type { Queue } from '@/api/types'
import { m } from '@/i18n/admin'
import { duration, second } from '@/lib/time'
import type { Column } from '@/ui'
import { MemberCount } from '../MemberCount'
import { ResourceList } from '../ResourceList'
import { strategies } from './queue'

const columns = (): Column<Queue>[] => [
  { id: 'name', label: m.settings_name(), cell: queue => queue.name },
  {
    id: 'strategy',
    label: m.settings_strategy(),
    cell: queue => strategies.find(({ id }) => id === queue.strategy)?.label() ?? queue.strategy,
  },
  { id: 'weight', label: m.settings_weight(), align: 'end', isMinor: true, cell: queue => queue.weight },
  {
    id: 'timeout',
    label: m.settings_agent_timeout(),
    align: 'end',
    isMinor: true,
    cell: queue => duration(queue.agent_timeout_s * second),
  },
  {
    id: 'members',
    label: m.settings_members_title(),
    align: 'end',
    cell: row => <MemberCount of={row} />,
  },
]

export function QueueList() {
  return (
    <ResourceList
      section="queues"
      query={useQuery(queuesQuery)}
      columns={columns()}
      icon={ListOrdered}
      lead={m.settings_queues_lead()}
      create={m.settings_queue_new()}
      empty={{ title: m.settings_queues_empty(), words: m.settings_queues_empty_words() }}
    />
  )
}
