import { useQuery } from '@tanstack/react-query'
import { UserRound } from 'lucide-react'
import { useState } from 'react'
import { profilesQuery, usersQuery } from '@/api/queries'
import type { User } from '@/api/types'
import { m } from '@/i18n/admin'
import { Switch } from '@/ui'
import { ResourceList } from '../ResourceList'
import styles from '../Settings.module.css'
import { PresencePill } from './PresencePill'
import { roleLabel } from './user'

export function UserList() {
  const [withRemoved, setWithRemoved] = useState(false)
  const { data: profiles = [] } = useQuery(profilesQuery)
  const query = useQuery({
    ...usersQuery,
    select: (users: User[]) => users.filter(user => withRemoved || !user.deleted),
  })
  return (
    <ResourceList
      section="users"
      query={query}
      words={({ login, alias, email, role }) => [login, alias, email, roleLabel(role)]}
      columns={[
        {
          id: 'name',
          label: m.settings_name(),
          cell: user => (
            <span className={styles.cell}>
              {user.name}
              <span className={styles.muted}>{user.login}</span>
            </span>
          ),
        },
        { id: 'role', label: m.settings_role(), cell: user => roleLabel(user.role) },
        {
          id: 'profile',
          label: m.settings_profile(),
          isMinor: true,
          cell: user => profiles.find(({ id }) => id === user.profile_id)?.name ?? '',
        },
        {
          id: 'capacity',
          label: m.settings_capacity(),
          align: 'end',
          isMinor: true,
          cell: user => user.capacity || m.settings_unlimited(),
        },
        { id: 'state', label: m.settings_state(), cell: user => <PresencePill user={user} /> },
      ]}
      icon={UserRound}
      lead={m.settings_users_lead()}
      create={m.settings_user_new()}
      empty={{ title: m.settings_users_empty(), words: m.settings_users_empty_words() }}
      filter={<Switch label={m.settings_show_removed()} isSelected={withRemoved} onChange={setWithRemoved} />}
    />
  )
}
