import type { Profile } from '@/api/types'
import { m } from '@/i18n/admin'
import { needsName } from '../form/checks'
import type { Resource } from '../form/useResourceForm'

type ProfileDraft = Pick<Profile, 'name' | 'permissions' | 'scope' | 'masking'>

export const profileResource: Resource<Profile, ProfileDraft> = {
  collection: 'profiles',
  labels: {
    name: () => m.settings_name(),
    permissions: () => m.settings_permissions(),
    scope: () => m.settings_scope(),
    masking: () => m.settings_masking(),
  },
  toDraft: ({ name, permissions, scope, masking }) => ({
    name,
    // In one order, so that what is ticked and unticked again is no change.
    permissions: permissions.toSorted(),
    scope,
    masking,
  }),
  toBody: part => part,
  check: needsName,
}

export const scopes = [
  { id: 'own', label: () => m.settings_scope_own(), help: () => m.settings_scope_own_help() },
  { id: 'queues', label: () => m.settings_scope_queues(), help: () => m.settings_scope_queues_help() },
  { id: 'accounts', label: () => m.settings_scope_accounts(), help: () => m.settings_scope_accounts_help() },
  { id: 'all', label: () => m.settings_scope_all(), help: () => m.settings_scope_all_help() },
] as const

export const masks = [
  { id: 'name', label: () => m.settings_mask_name(), sample: 'Giulia Neri' },
  { id: 'phone', label: () => m.settings_mask_phone(), sample: '+39 333 1234567' },
  { id: 'email', label: () => m.settings_mask_email(), sample: 'giulia@example.com' },
] as const
