import type { Queue } from '@/api/types'
import { m } from '@/i18n/admin'
import { needsName } from '../form/checks'
import type { Resource } from '../form/useResourceForm'

export type QueueDraft = Omit<Queue, 'id' | 'version'>

export const queueResource: Resource<Queue, QueueDraft> = {
  collection: 'queues',
  labels: {
    name: () => m.settings_name(),
    strategy: () => m.settings_strategy(),
    agent_timeout_s: () => m.settings_agent_timeout(),
    weight: () => m.settings_weight(),
    service_level_s: () => m.settings_service_level(),
    last_agent_first: () => m.settings_last_agent_first(),
    wrap_up_s: () => m.settings_wrap_up(),
    disposition_required: () => m.settings_disposition_required(),
    user_ids: () => m.settings_agents(),
    team_ids: () => m.settings_teams(),
  },
  toDraft: ({ id: _, version: __, ...draft }) => draft,
  toBody: part => part,
  check: needsName,
}

export const blankQueue = (): QueueDraft => ({
  name: '',
  strategy: 'beep_all',
  agent_timeout_s: 30,
  weight: 5,
  service_level_s: 0,
  last_agent_first: false,
  wrap_up_s: 0,
  disposition_required: false,
  user_ids: [],
  team_ids: [],
})

export const strategies = [
  { id: 'beep_all', label: () => m.settings_beep_all(), help: () => m.settings_beep_all_help() },
  { id: 'round_robin', label: () => m.settings_round_robin(), help: () => m.settings_round_robin_help() },
  { id: 'least_recent', label: () => m.settings_least_recent(), help: () => m.settings_least_recent_help() },
  { id: 'fewest_open', label: () => m.settings_fewest_open(), help: () => m.settings_fewest_open_help() },
] as const
