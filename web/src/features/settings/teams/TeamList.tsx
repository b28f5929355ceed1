import { useQuery } from '@tanstack/react-query'
import { UsersRound } from 'lucide-react'
import { teamsQuery, usersQuery } from '@/api/queries'
import { m } from '@/i18n/admin'
import { ResourceList } from '../ResourceList'
import styles from '../Settings.module.css'

export function TeamList() {
  const { data: users = [] } = useQuery(usersQuery)
  const names = (ids: number[]) => ids.flatMap(id => users.find(user => user.id === id)?.name ?? [])
  return (
    <ResourceList
      section="teams"
      query={useQuery(teamsQuery)}
      words={team => names(team.user_ids)}
      columns={[
        { id: 'name', label: m.settings_name(), cell: team => team.name },
        {
          id: 'members',
          label: m.settings_members_title(),
          cell: ({ user_ids }) => {
            const some = names(user_ids).slice(0, 4)
            const rest = user_ids.length - some.length
            return (
              <span className={styles.muted}>
                {some.join(', ')}
                {rest > 0 && some.length > 0 && ` ${m.settings_and_more({ count: rest })}`}
                {user_ids.length === 0 && m.settings_nobody()}
              </span>
            )
          },
        },
      ]}
      icon={UsersRound}
      lead={m.settings_teams_lead()}
      create={m.settings_team_new()}
      empty={{ title: m.settings_teams_empty(), words: m.settings_teams_empty_words() }}
    />
  )
}
