import type { Role, User } from '@/api/types'
import { m } from '@/i18n/admin'
import type { Misfits } from '../form/draft'
import type { Resource } from '../form/useResourceForm'
import { isGood } from './password'

export interface UserDraft {
  login: string
  name: string
  alias: string
  email: string
  role: Role
  /** 0 while none is chosen. */
  profile_id: number
  capacity: number
  team_ids: number[]
  /** Empty: stays as it is. */
  password: string
}

export const userResource: Resource<User, UserDraft> = {
  collection: 'users',
  labels: {
    login: () => m.settings_login(),
    name: () => m.settings_name(),
    alias: () => m.settings_alias(),
    email: () => m.settings_email(),
    role: () => m.settings_role(),
    profile_id: () => m.settings_profile(),
    capacity: () => m.settings_capacity(),
    team_ids: () => m.settings_teams(),
    password: () => m.settings_password(),
  },
  toDraft: ({ id: _, version: __, deleted: ___, presence: ____, alias, email, ...rest }) => ({
    ...rest,
    alias: alias ?? '',
    email: email ?? '',
    password: '',
  }),
  toBody: ({ alias, email, password, ...rest }) => ({
    ...rest,
    ...(alias === undefined ? {} : { alias: alias.trim() || null }),
    ...(email === undefined ? {} : { email: email.trim() || null }),
    ...(password ? { password } : {}),
  }),
  check: (draft, isNew) => {
    const wrong: Record<string, string> = {}
    if (!draft.login.trim()) wrong.login = m.field_required()
    else if (/\s/.test(draft.login)) wrong.login = m.settings_login_format()
    if (!draft.name.trim()) wrong.name = m.field_required()
    if (draft.email && !/^\S+@\S+$/.test(draft.email)) wrong.email = m.settings_email_format()
    if (!draft.profile_id) wrong.profile_id = m.field_required()
    if (isNew && !draft.password) wrong.password = m.field_required()
    else if (draft.password && !isGood(draft.password)) wrong.password = m.field_weak()
    return wrong satisfies Misfits
  },
}

export const blankUser = (): UserDraft => ({
  login: '',
  name: '',
  alias: '',
  email: '',
  role: 'agent',
  profile_id: 0,
  capacity: 5,
  team_ids: [],
  password: '',
})

export const roles: readonly { id: Role; label: () => string; help: () => string }[] = [
  { id: 'agent', label: () => m.role_agent(), help: () => m.settings_role_agent_help() },
  { id: 'supervisor', label: () => m.role_supervisor(), help: () => m.settings_role_supervisor_help() },
  { id: 'admin', label: () => m.role_admin(), help: () => m.settings_role_admin_help() },
]

export function roleLabel(role: Role): string {
  return roles.find(({ id }) => id === role)?.label() ?? role
}
