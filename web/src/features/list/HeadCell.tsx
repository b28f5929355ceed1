// biome-ignore-all lint/a11y/useSemanticElements: rows that are only partly there cannot be a table
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus; what can be pressed is a button
import { ArrowDown, ArrowUp } from 'lucide-react'
import styles from './Table.module.css'

interface Props {
  words: string
  /** How the rows are ordered, where it is by this column. */
  order: 'asc' | 'desc' | undefined
  /** Orders by it; none where one cannot. */
  onSort: (() => void) | undefined
}

/** What stands in a column; a press orders by it. */
export function HeadCell({ words, order, onSort }: Props) {
  if (!onSort) {
    return (
      <span role="columnheader" className={styles.title} title={words}>
        {words}
      </span>
    )
  }
  const Arrow = order === 'asc' ? ArrowUp : ArrowDown
  return (
    <span
      role="columnheader"
      className={styles.title}
      aria-sort={order === undefined ? 'none' : order === 'asc' ? 'ascending' : 'descending'}
    >
      <button type="button" className={styles.sort} onClick={onSort}>
        <span>{words}</span>
        {order && <Arrow size={14} aria-hidden="true" />}
      </button>
    </span>
  )
}
