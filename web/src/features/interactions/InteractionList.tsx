import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { interactionListQuery } from '@/api/queries'
import { Grid } from '@/features/list/Grid'
import { heights } from '@/features/list/heights'
import type { Props as RefusedProps } from '@/features/list/Refused'
import { m } from '@/i18n'
import { later } from '@/ui/later'
import { askAhead } from './ahead'
import { pickedAtMost } from './handle'
import { Row } from './Row'
import { filterOf, type InteractionSearch } from './search'

const RowMenu = later(() => import('./RowMenu'))
const NoRows = later(() => import('./NoRows'))
const Refused = later<RefusedProps<InteractionSearch>>(() => import('@/features/list/Refused'))
const BulkBar = later(() => import('./BulkBar'))
const TableRow = later(() => import('./table/TableRow'))
const TableHead = later(() => import('./table/TableHead'))

interface Props {
  search: InteractionSearch
  openId: number | undefined
  /** The full width, with columns. */
  isTable: boolean
  onOpen: (id: number) => void
  onChange: (search: InteractionSearch) => void
  focusSearch: () => void
}

/** The rows of the interactions, beside the conversation or over the full width. */
export function InteractionList({ search, openId, isTable, onOpen, onChange, focusSearch }: Props) {
  const rowHeight = isTable ? heights[search.density ?? 'normal'] : 56
  const filter = useMemo(() => filterOf(search), [search])
  const list = useInfiniteQuery(interactionListQuery(filter))
  return (
    <Grid
      name={JSON.stringify(filter)}
      list={list}
      label={m.interactions_list()}
      handle="interactionList"
      thaw="interactions.loadNew"
      openId={openId}
      rowHeight={rowHeight}
      head={isTable ? 36 : 0}
      pickedAtMost={pickedAtMost}
      onOpen={onOpen}
      focusSearch={focusSearch}
      toggleTable={() => onChange({ ...search, view: search.view ? undefined : 'table' })}
      askAhead={askAhead}
      {...(isTable && {
        renderHead: ids => <TableHead search={search} ids={ids} onChange={onChange} />,
      })}
      renderRow={row =>
        isTable ? <TableRow {...row} columns={search.columns} height={rowHeight} /> : <Row {...row} />
      }
      renderMenu={menu => <RowMenu {...menu} />}
      renderBulk={(ids, onClear) => <BulkBar ids={ids} onClear={onClear} />}
      renderEmpty={() => <NoRows search={search} />}
      renderRefused={(error, onRetry) => (
        <Refused about="interaction" error={error} search={search} onChange={onChange} onRetry={onRetry} />
      )}
    />
  )
}
