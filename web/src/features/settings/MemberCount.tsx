import { m } from '@/i18n/admin'
import { Pill } from '@/ui'
import type { Members } from './members'

/** How many are associated; nobody is worth a look. */
export function MemberCount({ of: { user_ids, team_ids } }: { of: Members }) {
  const parts = [
    user_ids.length > 0 && m.settings_count_agents({ count: user_ids.length }),
    team_ids.length > 0 && m.settings_count_teams({ count: team_ids.length }),
  ].filter(Boolean)
  return parts.length > 0 ? parts.join(', ') : <Pill tone="warning">{m.settings_nobody()}</Pill>
}
