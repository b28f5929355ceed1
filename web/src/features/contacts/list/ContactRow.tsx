// biome-ignore-all lint/a11y/useSemanticElements: rows that are only partly there cannot be a table
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus, aria-activedescendant names the row

import { useQuery } from '@tanstack/react-query'
import { memo } from 'react'
import { contactQuery } from '@/api/queries'
import { ownOf } from '@/features/conditions/fields'
import { OwnCell } from '@/features/list/OwnCell'
import rowStyles from '@/features/list/Row.module.css'
import { frameOf, MoreButton, PickBox, pressesOf, type RowProps } from '@/features/list/RowParts'
import styles from '@/features/list/Table.module.css'
import { useColumns } from '@/features/list/useColumns'
import { m } from '@/i18n'
import { fullName } from '@/lib/names'
import { cx } from '@/ui/cx'
import { ContactCell } from './ContactCell'
import { contactColumns } from './columns'

interface Props extends RowProps {
  columns: string | undefined
  height: number
}

/** A contact: one cell for each column. */
export const ContactRow = memo(function ContactRow(props: Props) {
  const { id, isCursor, isOpen, isPicked, hasLeft, onPick, onMenu, height } = props
  const { data: contact } = useQuery({ ...contactQuery(id), enabled: false })
  const { own, names } = useColumns(contactColumns, props.columns)
  const frame = frameOf(props)
  const style = { ...frame.style, ...contactColumns.gridOf(names), height }
  if (!contact) {
    return (
      <div {...frame} style={style} className={cx(rowStyles.row, styles.row, isCursor && rowStyles.cursor)}>
        <span />
        <div role="gridcell" className={styles.gone}>
          #{id} · {m.interactions_gone()}
        </div>
      </div>
    )
  }
  const name = fullName(contact)
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
        hasLeft && rowStyles.left,
      )}
    >
      <div role="gridcell" className={styles.pick}>
        <PickBox id={id} name={name} isPicked={isPicked} onPick={onPick} />
      </div>
      {names.map(column => (
        <div key={column} role="gridcell" className={styles.cell}>
          {contactColumns.isRow(column) ? (
            <ContactCell column={column} contact={contact} />
          ) : (
            <OwnCell field={ownOf(column, own)} value={contact.fields[ownOf(column, own)?.key ?? '']} />
          )}
        </div>
      ))}
      <div role="gridcell" className={rowStyles.actions}>
        <MoreButton id={id} name={name} onMenu={onMenu} />
      </div>
    </div>
  )
})
