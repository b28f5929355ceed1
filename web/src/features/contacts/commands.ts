import {
  ArrowDown,
  ArrowUp,
  Building2,
  FileUp,
  List as ListIcon,
  ListTree,
  MessageCircle,
  PanelTopOpen,
  Pencil,
  RefreshCw,
  Search,
  UserPlus,
  UsersRound,
} from 'lucide-react'
import { keys } from '@/api/keys'
import type { ContactCard, ContactList } from '@/api/types'
import type { Command, Context } from '@/commands/registry'
import { openAdvanced } from '@/features/conditions/state'
// Brings the list's part of the context.
import type {} from '@/features/list/handle'
import { m } from '@/i18n/pages'
import { rightsOn } from './rights'
import { hasNumber, startWith } from './start'
import { listsWith } from './words'

const group = () => m.contacts_group()

/** Whether there is a list one may add to; before it is known, the page says so. */
function mayAdd({ client }: Context): boolean {
  const lists = client.getQueryData<ContactList[]>(keys.collection('contact_lists'))
  return lists === undefined || listsWith(lists, 'add').length > 0
}

/** The card on screen, else the row under the cursor. */
function target({ client, openContactId, contactList }: Context): ContactCard | undefined {
  const id = openContactId ?? contactList?.cursor()
  return id == null ? undefined : client.getQueryData<ContactCard>(keys.contact(id))
}

function rights({ client }: Context, contact: ContactCard) {
  return rightsOn(contact, client.getQueryData<ContactList[]>(keys.collection('contact_lists')) ?? [])
}

export const commands: Command[] = [
  {
    id: 'contacts.new',
    label: () => m.contacts_new(),
    words: () => m.contacts_new_words(),
    group,
    icon: UserPlus,
    keys: ['Shift+N', 'Alt+Shift+N'],
    scope: 'everywhere',
    when: mayAdd,
    run: context => context.navigate('/contacts/new'),
  },
  {
    id: 'contacts.duplicates',
    label: () => m.duplicates_command(),
    words: () => m.duplicates_command_words(),
    group,
    icon: UsersRound,
    scope: 'everywhere',
    when: context => context.session.user.permissions.includes('contacts.edit'),
    run: context => context.navigate('/contacts/duplicates'),
  },
  {
    id: 'contacts.companies',
    label: () => m.companies_command(),
    group,
    icon: Building2,
    scope: 'everywhere',
    when: context => context.session.user.permissions.includes('contacts.edit'),
    run: context => context.navigate('/contacts/companies'),
  },
  {
    id: 'contacts.import',
    label: () => m.import_contacts(),
    group,
    icon: FileUp,
    scope: 'everywhere',
    when: context => context.session.user.permissions.includes('contacts.edit'),
    run: context => context.navigate('/contacts/imports'),
  },
  {
    id: 'contacts.next',
    label: () => m.interactions_next(),
    group,
    icon: ArrowDown,
    keys: ['J', 'Alt+J'],
    scope: 'contacts',
    run: context => context.contactList?.move(1),
    isHidden: true,
  },
  {
    id: 'contacts.previous',
    label: () => m.interactions_previous(),
    group,
    icon: ArrowUp,
    keys: ['K', 'Alt+K'],
    scope: 'contacts',
    run: context => context.contactList?.move(-1),
    isHidden: true,
  },
  {
    id: 'contacts.open',
    label: () => m.contact_open(),
    group,
    icon: PanelTopOpen,
    keys: ['O', 'Alt+O'],
    scope: 'contacts',
    when: context => (context.contactList?.cursor() ?? null) !== null,
    run: context => context.contactList?.open(),
    isHidden: true,
  },
  {
    id: 'contacts.edit',
    label: () => m.contacts_edit(),
    words: () => m.contacts_edit_words(),
    group,
    icon: Pencil,
    keys: ['E', 'Alt+Shift+E'],
    scope: 'contacts',
    when: context => {
      const one = target(context)
      return one !== undefined && one.deleted_at === null && rights(context, one).edit
    },
    run: context => context.navigate(`/contacts/${target(context)?.id}/edit`),
  },
  {
    id: 'contacts.write',
    label: () => m.contacts_write(),
    group,
    icon: MessageCircle,
    keys: ['W', 'Alt+Shift+W'],
    scope: 'contacts',
    when: context => {
      const one = target(context)
      return one !== undefined && one.deleted_at === null && hasNumber(one)
    },
    run: context => {
      const one = target(context)
      if (one) startWith(one)
    },
  },
  {
    id: 'contacts.search',
    label: () => m.contacts_search_label(),
    group,
    icon: Search,
    keys: ['/'],
    scope: 'contacts',
    when: context => context.contactList !== undefined,
    run: context => context.contactList?.focusSearch(),
  },
  {
    id: 'contacts.advanced',
    label: () => m.contacts_advanced(),
    group,
    icon: ListTree,
    keys: ['F'],
    scope: 'contacts',
    when: context => context.contactList !== undefined,
    run: () => openAdvanced(true),
  },
  {
    id: 'contacts.list',
    label: () => m.contacts_focus_list(),
    group,
    icon: ListIcon,
    keys: ['L', 'Alt+L'],
    scope: 'contacts',
    run: context => {
      if (context.openContactId !== undefined) context.navigate('/contacts')
      else context.contactList?.focus()
    },
  },
  {
    id: 'contacts.loadNew',
    label: () => m.interactions_load_new(),
    group,
    icon: RefreshCw,
    keys: ['.', 'Alt+.'],
    scope: 'contacts',
    when: context => context.contactList?.isStale() ?? false,
    run: context => context.contactList?.thaw(),
  },
]
