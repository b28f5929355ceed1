// Lists of contacts: who may do what in them. Pure.
import type { ContactList, ListLevel, ListMember } from '@/api/types'
import { m } from '@/i18n/admin'
import { needsName } from '../form/checks'
import type { Resource } from '../form/useResourceForm'

export interface ListDraft {
  name: string
  description: string
  members: ListMember[]
}

export const levels: readonly { id: ListLevel; label: () => string }[] = [
  { id: 'view', label: () => m.settings_level_view() },
  { id: 'add', label: () => m.settings_level_add() },
  { id: 'edit', label: () => m.settings_level_edit() },
  { id: 'merge_delete', label: () => m.settings_level_merge_delete() },
]

export const listResource: Resource<ContactList, ListDraft> = {
  collection: 'contact_lists',
  labels: {
    name: () => m.settings_name(),
    description: () => m.settings_description(),
    members: () => m.settings_list_who(),
  },
  toDraft: ({ name, description, members }) => ({
    name,
    description: description ?? '',
    members: members ?? [],
  }),
  toBody: ({ description, ...part }) => ({
    ...part,
    ...(description !== undefined && { description: description.trim() || null }),
  }),
  check: needsName,
}

export const blankList = (): ListDraft => ({ name: '', description: '', members: [] })

/** By what a select tells an agent from a team. */
export type Who = `user ${number}` | `team ${number}`

export function whoOf({ user_id, team_id }: ListMember): Who {
  return user_id !== null ? `user ${user_id}` : `team ${team_id ?? 0}`
}

/** Somebody else with the same rights. */
export function withWho(member: ListMember, who: Who): ListMember {
  const [kind, id] = who.split(' ')
  const [user_id, team_id] = kind === 'user' ? [Number(id), null] : [null, Number(id)]
  return { ...member, user_id, team_id }
}

/** One more: who is not named yet, and may look and edit. */
export function withAnother(members: readonly ListMember[], who: Who): ListMember[] {
  return [...members, withWho({ user_id: null, team_id: null, level: 'edit', export: false }, who)]
}
