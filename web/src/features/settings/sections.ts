// The sections of the settings: small, because the palette knows them too.
import {
  Ban,
  BookUser,
  IdCard,
  LayoutTemplate,
  ListChecks,
  ListOrdered,
  type LucideIcon,
  MessageCircle,
  MessageSquareQuote,
  SlidersHorizontal,
  Tags,
  TextCursorInput,
  UserRound,
  UsersRound,
} from 'lucide-react'
import type { Permission } from '@/api/types'
import { m } from '@/i18n/pages'

export type SectionId =
  | 'accounts'
  | 'templates'
  | 'queues'
  | 'users'
  | 'teams'
  | 'profiles'
  | 'canned_answers'
  | 'contact_fields'
  | 'contact_lists'
  | 'dispositions'
  | 'tags'
  | 'blocks'
  | 'general'

export interface Section {
  id: SectionId
  icon: LucideIcon
  label: () => string
  /** Absent where everybody has something of their own. */
  needs?: Permission
}

export const sections: readonly Section[] = [
  { id: 'accounts', icon: MessageCircle, label: () => m.settings_accounts(), needs: 'accounts.edit' },
  {
    id: 'templates',
    icon: LayoutTemplate,
    label: () => m.settings_templates(),
    needs: 'accounts.edit',
  },
  { id: 'queues', icon: ListOrdered, label: () => m.settings_queues(), needs: 'queues.edit' },
  { id: 'users', icon: UserRound, label: () => m.settings_users(), needs: 'users.edit' },
  { id: 'teams', icon: UsersRound, label: () => m.settings_teams(), needs: 'users.edit' },
  { id: 'profiles', icon: IdCard, label: () => m.settings_profiles(), needs: 'users.edit' },
  { id: 'canned_answers', icon: MessageSquareQuote, label: () => m.settings_canned_answers() },
  {
    id: 'dispositions',
    icon: ListChecks,
    label: () => m.settings_dispositions(),
    needs: 'dispositions.edit',
  },
  {
    id: 'contact_fields',
    icon: TextCursorInput,
    label: () => m.settings_contact_fields(),
    needs: 'fields.edit',
  },
  { id: 'contact_lists', icon: BookUser, label: () => m.settings_contact_lists(), needs: 'lists.edit' },
  { id: 'tags', icon: Tags, label: () => m.settings_tags(), needs: 'tags.edit' },
  { id: 'blocks', icon: Ban, label: () => m.settings_blocks(), needs: 'blocks.review' },
  { id: 'general', icon: SlidersHorizontal, label: () => m.settings_general(), needs: 'settings.edit' },
]

/** Whether somebody with these permissions has business there. */
export function isOpenTo({ needs }: Section, permissions: readonly Permission[]): boolean {
  return needs === undefined || permissions.includes(needs)
}

export function findSection(id: string): Section | undefined {
  return sections.find(section => section.id === id)
}

export function sectionLabel(id: SectionId): string {
  return findSection(id)?.label() ?? id
}
