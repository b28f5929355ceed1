import type { QueryClient } from '@tanstack/react-query'
import { Combine, Copy, FolderInput, MessageCircle, Pencil, Tag, Trash2, Undo2 } from 'lucide-react'
import { problemWords } from '@/api/problem'
import type { Contact } from '@/api/types'
import { shortcutOf } from '@/commands/registry'
import { m } from '@/i18n/pages'
import type { DeskRouter } from '@/router'
import { MenuItem, MenuSeparator } from '@/ui/Menu'
import { toast } from '@/ui/toasts'
import { restore } from './actions'
import { askAbout } from './asking'
import { lastContactSearch } from './navigation'
import type { ContactRights } from './rights'
import { hasNumber, startWith } from './start'

interface Props {
  contact: Contact
  rights: ContactRights
  client: QueryClient
  router: Pick<DeskRouter, 'navigate'>
}

/** What can be done with a contact, in the menus of its row and of its card. */
export function contactItems({ contact, rights, client, router }: Props) {
  const { id } = contact
  const isDeleted = contact.deleted_at !== null
  const bringBack = async () => {
    try {
      await restore(client, contact)
      toast(m.contacts_restored(), { tone: 'success' })
    } catch (error) {
      toast(problemWords(error), { tone: 'danger' })
    }
  }
  if (isDeleted) {
    return (
      rights.remove && (
        <MenuItem icon={Undo2} onAction={() => void bringBack()}>
          {m.contacts_restore()}
        </MenuItem>
      )
    )
  }
  return (
    <>
      {rights.edit && (
        <MenuItem
          icon={Pencil}
          shortcut={shortcutOf('contacts.edit')}
          onAction={() =>
            void router.navigate({
              to: '/contacts/$contactId/edit',
              params: { contactId: id },
              search: lastContactSearch(),
            })
          }
        >
          {m.contacts_edit()}
        </MenuItem>
      )}
      <MenuItem
        icon={MessageCircle}
        shortcut={shortcutOf('contacts.write')}
        isDisabled={!hasNumber(contact)}
        onAction={() => startWith(contact)}
      >
        {m.contacts_write()}
      </MenuItem>
      {rights.edit && (
        <MenuItem icon={Tag} onAction={() => askAbout({ what: 'tags', ids: [id] })}>
          {m.bulk_tag()}
        </MenuItem>
      )}
      {rights.copy && (
        <MenuItem icon={Copy} onAction={() => askAbout({ what: 'copy', id })}>
          {m.contacts_copy_into()}
        </MenuItem>
      )}
      {rights.remove && (
        <>
          {rights.copy && (
            <MenuItem icon={FolderInput} onAction={() => askAbout({ what: 'move', ids: [id] })}>
              {m.contacts_move_into()}
            </MenuItem>
          )}
          <MenuItem icon={Combine} onAction={() => askAbout({ what: 'merge', id })}>
            {m.contacts_merge()}
          </MenuItem>
          <MenuSeparator />
          <MenuItem icon={Trash2} isDanger onAction={() => askAbout({ what: 'delete', ids: [id] })}>
            {m.contacts_delete()}
          </MenuItem>
        </>
      )}
    </>
  )
}
