import type { ReactNode } from 'react'
import { m } from '@/i18n'
import { Checkbox } from './Checkbox'
import { cx } from './cx'
import styles from './Table.module.css'

export interface Column<T> {
  id: string
  label: string
  cell: (row: T) => ReactNode
  /** Any CSS width; the first column takes what is left. */
  width?: string
  align?: 'start' | 'end'
  /** Left out where there is no room: on phones and in narrow panes. */
  isMinor?: boolean
}

interface Props<T> {
  label: string
  columns: readonly Column<T>[]
  rows: readonly T[]
  rowKey: (row: T) => number
  /** Makes the first cell a button, and the whole row clickable. */
  onOpen?: ((row: T) => void) | undefined
  rowName?: (row: T) => string
  selected?: ReadonlySet<number>
  onSelect?: (selected: ReadonlySet<number>) => void
  /** Stands instead of the rows when there are none. */
  empty?: ReactNode
}

/** A plain table for the collections of settings: hundreds of rows at most. */
export function Table<T>({
  label,
  columns,
  rows,
  rowKey,
  onOpen,
  rowName,
  selected,
  onSelect,
  empty,
}: Props<T>) {
  if (rows.length === 0 && empty) return empty
  const select = (id: number, isSelected: boolean) => {
    const next = new Set(selected)
    if (isSelected) next.add(id)
    else next.delete(id)
    onSelect?.(next)
  }
  const isAll = rows.length > 0 && rows.every(row => selected?.has(rowKey(row)))
  return (
    <div className={styles.scroll}>
      <table className={styles.table} aria-label={label}>
        <thead>
          <tr>
            {onSelect && (
              <th className={styles.check}>
                <Checkbox
                  label={m.ui_select_all()}
                  hideLabel
                  isSelected={isAll}
                  isIndeterminate={!isAll && Boolean(selected?.size)}
                  onChange={on => onSelect(new Set(on ? rows.map(rowKey) : []))}
                />
              </th>
            )}
            {columns.map(column => (
              <th key={column.id} scope="col" className={cellClass(column)} style={{ width: column.width }}>
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            // The button in the first cell does the same for the keyboard.
            <tr
              key={rowKey(row)}
              className={cx(onOpen && styles.opens, selected?.has(rowKey(row)) && styles.selected)}
              onClick={event => {
                if (!(event.target as Element).closest('button, a, input, label')) onOpen?.(row)
              }}
            >
              {onSelect && (
                <td className={styles.check}>
                  <Checkbox
                    label={rowName?.(row) ?? `#${rowKey(row)}`}
                    hideLabel
                    isSelected={selected?.has(rowKey(row)) ?? false}
                    onChange={on => select(rowKey(row), on)}
                  />
                </td>
              )}
              {columns.map((column, index) => (
                <td key={column.id} className={cellClass(column)}>
                  {index === 0 && onOpen ? (
                    <button type="button" className={styles.open} onClick={() => onOpen(row)}>
                      {column.cell(row)}
                    </button>
                  ) : (
                    column.cell(row)
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function cellClass<T>({ align, isMinor }: Column<T>): string | undefined {
  return cx(align === 'end' && styles.end, isMinor && styles.minor)
}
