import type { Permission } from '@/api/types'

/** Who may change any of the settings sees their place in the rail. */
export const settingsPermissions: readonly Permission[] = [
  'accounts.edit',
  'queues.edit',
  'users.edit',
  'settings.edit',
]
