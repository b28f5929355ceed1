// biome-ignore-all lint/a11y/useSemanticElements: rows that are only partly there cannot be a table
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus, aria-activedescendant names the row
import { useQuery } from '@tanstack/react-query'
import { memo } from 'react'
import { interactionQuery } from '@/api/queries'
import type { ContactField } from '@/api/types'
import { ownOf } from '@/features/conditions/fields'
import { OwnCell } from '@/features/list/OwnCell'
import rowStyles from '@/features/list/Row.module.css'
import { frameOf, MoreButton, PickBox, pressesOf, type RowProps } from '@/features/list/RowParts'
import styles from '@/features/list/Table.module.css'
import { useColumns } from '@/features/list/useColumns'
import { m } from '@/i18n'
import { cx } from '@/ui/cx'
import { isUnread } from '../Unread'
import { customerName } from '../words'
import { Cell } from './Cell'
import { interactionColumns } from './columns'
import { useValuesOf } from './values'

interface Props extends RowProps {
  columns: string | undefined
  height: number
}

/** A row of the table: one cell for each column. */
const TableRow = memo(function TableRow(props: Props) {
  const { id, isCursor, isOpen, isPicked, hasLeft, onPick, onMenu, height } = props
  const { data: interaction } = useQuery({ ...interactionQuery(id), enabled: false })
  const { own, names } = useColumns(interactionColumns, props.columns)
  const frame = frameOf(props)
  const style = { ...frame.style, ...interactionColumns.gridOf(names), height }
  if (!interaction) {
    return (
      <div {...frame} style={style} className={cx(rowStyles.row, styles.row, isCursor && rowStyles.cursor)}>
        <span />
        <div role="gridcell" className={styles.gone}>
          #{id} · {m.interactions_gone()}
        </div>
      </div>
    )
  }
  const name = customerName(interaction)
  return (
    <div
      {...frame}
      {...pressesOf(props)}
      style={style}
      className={cx(
        rowStyles.row,
        styles.row,
        isCursor && rowStyles.cursor,
        isOpen && rowStyles.open,
        isPicked && rowStyles.picked,
        isUnread(interaction) && rowStyles.unread,
        (hasLeft || interaction.state === 'closed') && rowStyles.left,
      )}
    >
      <div role="gridcell" className={styles.pick}>
        <PickBox id={id} name={name} isPicked={isPicked} onPick={onPick} />
      </div>
      {names.map(column => (
        <div key={column} role="gridcell" className={styles.cell}>
          {interactionColumns.isRow(column) ? (
            <Cell column={column} interaction={interaction} />
          ) : (
            <InteractionsOwn field={ownOf(column, own)} contactId={interaction.contact_id} />
          )}
        </div>
      ))}
      <div role="gridcell" className={rowStyles.actions}>
        <MoreButton id={id} name={name} onMenu={onMenu} />
      </div>
    </div>
  )
})

/** What the contact of a row has in a custom field. */
function InteractionsOwn({
  field,
  contactId,
}: {
  field: ContactField | undefined
  contactId: number | null
}) {
  return <OwnCell field={field} value={useValuesOf(contactId)[field?.key ?? '']} />
}

export default TableRow
