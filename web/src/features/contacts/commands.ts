import { FileUp, UsersRound } from 'lucide-react'
import type { Command } from '@/commands/registry'
import { m } from '@/i18n/pages'

export const commands: Command[] = [
  {
    id: 'contacts.duplicates',
    label: () => m.duplicates_command(),
    words: () => m.duplicates_command_words(),
    group: () => m.contacts_group(),
    icon: UsersRound,
    scope: 'everywhere',
    when: context => context.session.user.permissions.includes('contacts.edit'),
    run: context => context.navigate('/contacts/duplicates'),
  },
  {
    id: 'contacts.import',
    label: () => m.import_contacts(),
    group: () => m.contacts_group(),
    icon: FileUp,
    scope: 'everywhere',
    when: context => context.session.user.permissions.includes('contacts.edit'),
    run: context => context.navigate('/contacts/imports'),
  },
]
