// What every row of the list is, however it is drawn: beside the conversation or in the table.
import { Ellipsis } from 'lucide-react'
import type { CSSProperties, MouseEvent } from 'react'
import { m } from '@/i18n'
import styles from './Row.module.css'

export interface RowProps {
  id: number
  domId: string
  index: number
  start: number
  /** The keyboard is on it. */
  isCursor: boolean
  /** Its conversation is on screen. */
  isOpen: boolean
  /** It is among those that are dealt with together. */
  isPicked: boolean
  /** It no longer belongs to this list, and stays until the list is shown anew. */
  hasLeft: boolean
  onPick: (id: number, through: boolean) => void
  onOpen: (id: number) => void
  onMenu: (id: number, anchor: Element) => void
}

export function frameOf({ domId, index, isPicked, isOpen, start }: RowProps) {
  return {
    id: domId,
    role: 'row',
    'aria-rowindex': index + 1,
    'aria-selected': isPicked,
    'aria-current': isOpen || undefined,
    style: { transform: `translateY(${start}px)` } satisfies CSSProperties,
  } as const
}

export function pressesOf({ id, onPick, onOpen, onMenu }: RowProps) {
  return {
    onClick: (event: MouseEvent) => {
      if (event.shiftKey || event.ctrlKey || event.metaKey) onPick(id, event.shiftKey)
      else onOpen(id)
    },
    onMouseDown: (event: MouseEvent) => {
      // Shift would mark words up to here.
      if (event.shiftKey) event.preventDefault()
    },
    onContextMenu: (event: MouseEvent<HTMLElement>) => {
      const button = event.currentTarget.querySelector('button')
      if (!button) return
      event.preventDefault()
      onMenu(id, button)
    },
  }
}

export function PickBox({
  id,
  name,
  isPicked,
  onPick,
}: Pick<RowProps, 'id' | 'isPicked' | 'onPick'> & { name: string }) {
  return (
    <input
      type="checkbox"
      tabIndex={-1}
      className={styles.check}
      checked={isPicked}
      aria-label={m.interactions_pick_one({ name })}
      onClick={event => {
        event.stopPropagation()
        onPick(id, event.shiftKey)
      }}
      onChange={() => {}}
    />
  )
}

export function MoreButton({ id, name, onMenu }: Pick<RowProps, 'id' | 'onMenu'> & { name: string }) {
  return (
    <button
      type="button"
      tabIndex={-1}
      className={styles.more}
      aria-haspopup="menu"
      aria-label={m.interactions_actions({ name })}
      onClick={event => {
        event.stopPropagation()
        onMenu(id, event.currentTarget)
      }}
    >
      <Ellipsis size={16} aria-hidden="true" />
    </button>
  )
}
