// What each permission allows, in words and in the order they are read.
import type { Permission } from '@/api/types'
import { m } from '@/i18n/admin'

interface Words {
  id: Permission
  label: () => string
  help: () => string
}

export interface PermissionGroup {
  label: () => string
  permissions: readonly Words[]
}

export const permissionGroups: readonly PermissionGroup[] = [
  {
    label: () => m.settings_may_conversations(),
    permissions: [
      { id: 'interactions.take', label: () => m.settings_may_take(), help: () => m.settings_may_take_help() },
      {
        id: 'interactions.close',
        label: () => m.settings_may_close(),
        help: () => m.settings_may_close_help(),
      },
      { id: 'interactions.tag', label: () => m.settings_may_tag(), help: () => m.settings_may_tag_help() },
      {
        id: 'interactions.block',
        label: () => m.settings_may_block(),
        help: () => m.settings_may_block_help(),
      },
      { id: 'interactions.note', label: () => m.settings_may_note(), help: () => m.settings_may_note_help() },
      {
        id: 'interactions.export',
        label: () => m.settings_may_export(),
        help: () => m.settings_may_export_help(),
      },
      {
        id: 'contacts.edit',
        label: () => m.settings_may_contacts(),
        help: () => m.settings_may_contacts_help(),
      },
    ],
  },
  {
    label: () => m.settings_may_supervision(),
    permissions: [
      {
        id: 'realtime.view',
        label: () => m.settings_may_realtime(),
        help: () => m.settings_may_realtime_help(),
      },
      {
        id: 'blocks.review',
        label: () => m.settings_may_review_blocks(),
        help: () => m.settings_may_review_blocks_help(),
      },
      { id: 'interactions.why', label: () => m.settings_may_why(), help: () => m.settings_may_why_help() },
      { id: 'interactions.raw', label: () => m.settings_may_raw(), help: () => m.settings_may_raw_help() },
      { id: 'ledger.view', label: () => m.settings_may_ledger(), help: () => m.settings_may_ledger_help() },
    ],
  },
  {
    label: () => m.settings_may_administration(),
    permissions: [
      {
        id: 'accounts.edit',
        label: () => m.settings_may_accounts(),
        help: () => m.settings_may_accounts_help(),
      },
      { id: 'queues.edit', label: () => m.settings_may_queues(), help: () => m.settings_may_queues_help() },
      { id: 'users.edit', label: () => m.settings_may_users(), help: () => m.settings_may_users_help() },
      {
        id: 'dispositions.edit',
        label: () => m.settings_may_dispositions(),
        help: () => m.settings_may_dispositions_help(),
      },
      { id: 'tags.edit', label: () => m.settings_may_tags(), help: () => m.settings_may_tags_help() },
      { id: 'lists.edit', label: () => m.settings_may_lists(), help: () => m.settings_may_lists_help() },
      { id: 'fields.edit', label: () => m.settings_may_fields(), help: () => m.settings_may_fields_help() },
      {
        id: 'settings.edit',
        label: () => m.settings_may_settings(),
        help: () => m.settings_may_settings_help(),
      },
    ],
  },
]
