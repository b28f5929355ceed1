import { useQuery } from '@tanstack/react-query'
import { contactListsQuery } from '@/api/queries'
import type { Contact } from '@/api/types'
import { originWords } from '@/features/contacts/words'
import { Tags, Words } from '@/features/list/cells'
import rowStyles from '@/features/list/Row.module.css'
import styles from '@/features/list/Table.module.css'
import { languageWords } from '@/features/sidebar/languages'
import { fullName } from '@/lib/names'
import { ListTime } from '@/ui/Time'
import type { ContactColumn } from './columns'

/** What one column shows of a contact. */
export function ContactCell({ column, contact: one }: { column: ContactColumn; contact: Contact }) {
  switch (column) {
    case 'id':
      return <span className={styles.number}>{one.id}</span>
    case 'name':
      return (
        <span className={rowStyles.name} title={fullName(one)}>
          {fullName(one)}
        </span>
      )
    case 'phone':
    case 'mobile':
      return <span className={styles.number}>{one[column]}</span>
    case 'email':
    case 'company':
      return <Words>{one[column] ?? ''}</Words>
    case 'list':
      return <ListName id={one.list_id} />
    case 'tags':
      return <Tags names={one.tags} />
    case 'owner':
      return <Words>{one.owner?.name ?? ''}</Words>
    case 'language':
      return <Words>{one.language ? languageWords(one.language) : ''}</Words>
    case 'origin':
      return <Words>{originWords(one.origin)}</Words>
    case 'created':
      return <ListTime at={one.created_at} />
    case 'updated':
      return <ListTime at={one.updated_at} />
  }
}

function ListName({ id }: { id: number }) {
  const { data } = useQuery(contactListsQuery)
  return <Words>{data?.find(one => one.id === id)?.name ?? ''}</Words>
}
