import { useQueries, useQuery } from '@tanstack/react-query'
import { Download, FolderInput, Tag, Trash2 } from 'lucide-react'
import { contactListsQuery, contactQuery } from '@/api/queries'
import { askAbout } from '@/features/contacts/asking'
import { listsWith } from '@/features/contacts/words'
import { BulkBar } from '@/features/list/BulkBar'
import { m } from '@/i18n/pages'
import { Button } from '@/ui/Button'
import { Menu, MenuItem } from '@/ui/Menu'
import { exportContacts } from './export'
import { pickedAtMost } from './handle'
import { type ContactSearch, contactFilterOf } from './search'

interface Props {
  ids: readonly number[]
  search: ContactSearch
  onClear: () => void
}

/** What may be done with the contacts that are picked; an act of which only some are capable says how many. */
export default function ContactsBar({ ids, search, onClear }: Props) {
  const rows = useQueries({
    queries: ids.map(id => ({ ...contactQuery(id), enabled: false })),
    combine: results => results.flatMap(({ data }) => data ?? []),
  })
  const { data: lists = [] } = useQuery(contactListsQuery)
  const within = (some: readonly { id: number }[]) => {
    const known = new Set(some.map(({ id }) => id))
    return rows.filter(({ list_id }) => known.has(list_id)).map(({ id }) => id)
  }
  const taggable = search.deleted ? [] : within(listsWith(lists, 'edit'))
  const removable = search.deleted ? [] : within(listsWith(lists, 'merge_delete'))
  const exportable = within(lists.filter(one => one.export))
  return (
    <BulkBar label={m.contacts_bulk_label()} count={ids.length} atMost={pickedAtMost} onClear={onClear}>
      {taggable.length > 0 && (
        <Button size="small" icon={Tag} onPress={() => askAbout({ what: 'tags', ids: taggable })}>
          {taggable.length === ids.length ? m.bulk_tag() : m.contacts_bulk_tag({ count: taggable.length })}
        </Button>
      )}
      {removable.length > 0 && (
        <>
          {listsWith(lists, 'add').length > 1 && (
            <Button
              size="small"
              icon={FolderInput}
              onPress={() => askAbout({ what: 'move', ids: removable })}
            >
              {removable.length === ids.length
                ? m.contacts_move()
                : m.contacts_bulk_move({ count: removable.length })}
            </Button>
          )}
          <Button size="small" icon={Trash2} onPress={() => askAbout({ what: 'delete', ids: removable })}>
            {removable.length === ids.length
              ? m.contacts_delete()
              : m.contacts_bulk_delete({ count: removable.length })}
          </Button>
        </>
      )}
      {exportable.length > 0 && (
        <Menu
          label={m.contacts_export()}
          placement="top end"
          trigger={
            <Button size="small" icon={Download}>
              {exportable.length === ids.length
                ? m.contacts_export_some()
                : m.contacts_bulk_export({ count: exportable.length })}
            </Button>
          }
        >
          {(['xlsx', 'csv'] as const).map(format => (
            <MenuItem
              key={format}
              onAction={() => void exportContacts(format, contactFilterOf(search), exportable)}
            >
              {format === 'xlsx' ? m.contacts_export_xlsx() : m.contacts_export_csv()}
            </MenuItem>
          ))}
        </Menu>
      )}
    </BulkBar>
  )
}
