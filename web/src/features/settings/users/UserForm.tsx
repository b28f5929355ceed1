import type { Profile, Role, User } from '@/api/types'
import { useSession } from '@/features/signin/session'
import { askToHandOn } from '@/features/transfer/asking'
import { m } from '@/i18n/admin'
import { Button, FormSection, NumberField, RadioGroup, Select, TextField } from '@/ui'
import { FormPage } from '../form/FormPage'
import { Remove } from '../form/Remove'
import { useResourceForm } from '../form/useResourceForm'
import { PickTeams } from '../people'
import { PasswordSection } from './PasswordSection'
import { PresencePill } from './PresencePill'
import { Restore } from './Restore'
import { blankUser, roles, userResource } from './user'

interface Props {
  user: User | null
  profiles: readonly Profile[]
}

export function UserForm({ user, profiles }: Props) {
  const { id: myId, role } = useSession().user
  const supervises = role !== 'agent'
  const form = useResourceForm(userResource, user, () => ({
    ...blankUser(),
    profile_id: profiles.find(({ role }) => role === 'agent')?.id ?? 0,
  }))
  const { draft, bind, set } = form
  const fitting = profiles.filter(({ role }) => role === draft.role)
  const setRole = (role: Role) => {
    set('role', role)
    // A profile belongs to one role; the first is the built-in one.
    set('profile_id', profiles.find(profile => profile.role === role)?.id ?? 0)
  }
  return (
    <FormPage
      form={form}
      section="users"
      title={user?.name ?? m.settings_user_new()}
      create={m.settings_user_create()}
      actions={
        user && (
          <>
            <PresencePill user={user} />
            {user.deleted && <Restore user={user} />}
            {!user.deleted && supervises && (
              <Button onPress={() => askToHandOn({ do: 'moveAll', of: user })}>
                {m.settings_user_move_work()}
              </Button>
            )}
            {!user.deleted && user.id !== myId && (
              <Remove
                section="users"
                stored={user}
                label={m.settings_user_remove()}
                title={m.settings_remove_title({ name: user.name })}
                isLeaving={form.isLeaving}
                openWork={{ agent: user.id, state: 'open' }}
              >
                {m.settings_user_remove_what()}
              </Remove>
            )}
          </>
        )
      }
    >
      <FormSection title={m.settings_person()}>
        <TextField {...bind('name')} isRequired maxLength={100} autoComplete="off" />
        <TextField
          {...bind('login')}
          isRequired
          maxLength={64}
          autoComplete="off"
          spellCheck="false"
          description={m.settings_login_help()}
        />
        <TextField {...bind('alias')} maxLength={100} description={m.settings_alias_help()} />
        <TextField {...bind('email')} type="email" inputMode="email" maxLength={254} autoComplete="off" />
      </FormSection>
      <FormSection title={m.settings_rights()}>
        <RadioGroup
          label={m.settings_role()}
          value={draft.role}
          onChange={setRole}
          error={form.misfits.role}
          options={roles.map(({ id, label, help }) => ({ id, label: label(), description: help() }))}
        />
        <Select
          {...bind('profile_id')}
          value={draft.profile_id || null}
          description={m.settings_profile_help()}
          options={fitting.map(({ id, name }) => ({ id, label: name }))}
        />
      </FormSection>
      <FormSection title={m.settings_work()}>
        <NumberField
          {...bind('capacity')}
          minValue={0}
          maxValue={500}
          description={m.settings_capacity_help()}
        />
        <PickTeams {...bind('team_ids')} description={m.settings_user_teams_help()} />
      </FormSection>
      <PasswordSection form={form} />
    </FormPage>
  )
}
