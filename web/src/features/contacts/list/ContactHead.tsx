// biome-ignore-all lint/a11y/useSemanticElements: rows that are only partly there cannot be a table
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus; what can be pressed is a button
import { fieldWords } from '@/features/conditions/words'
import { HeadCell } from '@/features/list/HeadCell'
import styles from '@/features/list/Table.module.css'
import { useColumns } from '@/features/list/useColumns'
import { useSession } from '@/features/signin/session'
import { m } from '@/i18n/pages'
import { contactColumns } from './columns'
import type { ContactSearch } from './search'
import { mayOrder, orderOf, turned } from './sorting'

interface Props {
  search: ContactSearch
  onChange: (search: ContactSearch) => void
}

export function ContactHead({ search, onChange }: Props) {
  const { own, names } = useColumns(contactColumns, search.columns)
  const { masked } = useSession().user
  const now = orderOf(search)
  return (
    <div className={styles.head} role="row" style={contactColumns.gridOf(names)}>
      <span role="columnheader" aria-label={m.table_select()} />
      {names.map(name => {
        const { sort } = contactColumns.columnOf(name)
        return (
          <HeadCell
            key={name}
            words={contactColumns.isRow(name) || own.length > 0 ? fieldWords(name, { own }) : ''}
            order={sort === now.sort ? now.order : undefined}
            onSort={sort && mayOrder(sort, masked) ? () => onChange(turned(search, sort)) : undefined}
          />
        )
      })}
      <span role="columnheader" aria-label={m.table_actions()} />
    </div>
  )
}
