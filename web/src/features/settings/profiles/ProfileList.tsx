import { useQuery } from '@tanstack/react-query'
import { IdCard } from 'lucide-react'
import { profilesQuery, usersQuery } from '@/api/queries'
import { m } from '@/i18n/admin'
import { Pill } from '@/ui'
import { ResourceList } from '../ResourceList'
import { roleLabel } from '../users/user'
import { scopes } from './profile'

export function ProfileList() {
  const { data: users } = useQuery(usersQuery)
  return (
    <ResourceList
      section="profiles"
      query={useQuery(profilesQuery)}
      words={({ role }) => [roleLabel(role)]}
      columns={[
        { id: 'name', label: m.settings_name(), cell: profile => profile.name },
        { id: 'role', label: m.settings_role(), cell: profile => roleLabel(profile.role) },
        {
          id: 'scope',
          label: m.settings_scope(),
          isMinor: true,
          cell: profile => scopes.find(({ id }) => id === profile.scope)?.label(),
        },
        {
          id: 'masking',
          label: m.settings_masking(),
          cell: ({ masking }) =>
            Object.values(masking).some(mask => mask.mode !== 'none') && (
              <Pill tone="accent">{m.settings_masked()}</Pill>
            ),
        },
        {
          id: 'users',
          label: m.settings_users(),
          align: 'end',
          cell: ({ id }) => users?.filter(user => !user.deleted && user.profile_id === id).length,
        },
      ]}
      icon={IdCard}
      lead={m.settings_profiles_lead()}
    />
  )
}
