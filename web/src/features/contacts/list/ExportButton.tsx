import { useQuery } from '@tanstack/react-query'
import { Download, FileSpreadsheet, FileText } from 'lucide-react'
import { contactListsQuery } from '@/api/queries'
import { m } from '@/i18n/pages'
import { IconButton } from '@/ui/IconButton'
import { Menu, MenuItem } from '@/ui/Menu'
import { exportContacts } from './export'
import { type ContactSearch, contactFilterOf } from './search'

/** The file of all that is found, for whoever may take contacts out. */
export function ExportButton({ search }: { search: ContactSearch }) {
  const { data: lists } = useQuery(contactListsQuery)
  if (!lists?.some(one => one.export)) return null
  const filter = contactFilterOf(search)
  return (
    <Menu
      label={m.contacts_export()}
      placement="bottom end"
      note={m.contacts_export_note()}
      trigger={<IconButton icon={Download} label={m.contacts_export()} />}
    >
      <MenuItem icon={FileSpreadsheet} onAction={() => void exportContacts('xlsx', filter)}>
        {m.contacts_export_xlsx()}
      </MenuItem>
      <MenuItem icon={FileText} onAction={() => void exportContacts('csv', filter)}>
        {m.contacts_export_csv()}
      </MenuItem>
    </Menu>
  )
}
