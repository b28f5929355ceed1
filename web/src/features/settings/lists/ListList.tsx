import { useQuery } from '@tanstack/react-query'
import { BookUser } from 'lucide-react'
import { useState } from 'react'
import { contactListsQuery } from '@/api/queries'
import type { ContactList } from '@/api/types'
import { m } from '@/i18n/admin'
import { Pill, Switch } from '@/ui'
import { ResourceList } from '../ResourceList'
import styles from '../Settings.module.css'

/** The lists of contacts, and for how many rules of their own hold. */
export function ListList() {
  const [withDeleted, setWithDeleted] = useState(false)
  const query = useQuery({
    ...contactListsQuery,
    select: (lists: ContactList[]) => lists.filter(list => withDeleted || list.deleted_at === null),
  })
  return (
    <ResourceList
      section="contact_lists"
      query={query}
      words={({ description }) => [description]}
      columns={[
        {
          id: 'name',
          label: m.settings_name(),
          cell: list => (
            <span className={styles.cell}>
              {list.name}
              {list.deleted_at !== null && <Pill>{m.settings_list_deleted()}</Pill>}
            </span>
          ),
        },
        {
          id: 'description',
          label: m.settings_description(),
          isMinor: true,
          cell: ({ description }) => <span className={styles.muted}>{description}</span>,
        },
        {
          id: 'who',
          label: m.settings_list_who(),
          cell: ({ members }) => (
            <span className={styles.muted}>
              {members && members.length > 0
                ? m.settings_list_named({ count: members.length })
                : m.settings_list_profiles()}
            </span>
          ),
        },
      ]}
      icon={BookUser}
      lead={m.settings_lists_lead()}
      create={m.settings_list_new()}
      filter={
        <Switch label={m.settings_list_with_deleted()} isSelected={withDeleted} onChange={setWithDeleted} />
      }
    />
  )
}
