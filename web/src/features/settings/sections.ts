// The sections of the settings: small, because the palette knows them too.
import {
  IdCard,
  ListOrdered,
  type LucideIcon,
  MessageCircle,
  SlidersHorizontal,
  UserRound,
  UsersRound,
} from 'lucide-react'
import type { Permission } from '@/api/types'
import { m } from '@/i18n'

export type SectionId = 'accounts' | 'queues' | 'users' | 'teams' | 'profiles' | 'general'

export interface Section {
  id: SectionId
  icon: LucideIcon
  label: () => string
  needs: Permission
}

export const sections: readonly Section[] = [
  { id: 'accounts', icon: MessageCircle, label: () => m.settings_accounts(), needs: 'accounts.edit' },
  { id: 'queues', icon: ListOrdered, label: () => m.settings_queues(), needs: 'queues.edit' },
  { id: 'users', icon: UserRound, label: () => m.settings_users(), needs: 'users.edit' },
  { id: 'teams', icon: UsersRound, label: () => m.settings_teams(), needs: 'users.edit' },
  { id: 'profiles', icon: IdCard, label: () => m.settings_profiles(), needs: 'users.edit' },
  { id: 'general', icon: SlidersHorizontal, label: () => m.settings_general(), needs: 'settings.edit' },
]

export function findSection(id: string): Section | undefined {
  return sections.find(section => section.id === id)
}

export function sectionLabel(id: SectionId): string {
  return findSection(id)?.label() ?? id
}
