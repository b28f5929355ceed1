// biome-ignore-all lint/a11y/useSemanticElements: rows that are only partly there cannot be a table
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus, aria-activedescendant names the row
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the keys are the grid's
// biome-ignore-all lint/a11y/noStaticElementInteractions: its role comes with the frame
import { useQuery } from '@tanstack/react-query'
import { Ellipsis } from 'lucide-react'
import { type CSSProperties, type MouseEvent, memo } from 'react'
import { interactionQuery } from '@/api/queries'
import { TagDots } from '@/features/care/Tag'
import { m } from '@/i18n'
import { Avatar } from '@/ui/Avatar'
import { cx } from '@/ui/cx'
import { ListTime } from '@/ui/Time'
import { WindowArc } from '@/ui/WindowArc'
import { LastMessage } from './LastMessage'
import styles from './Row.module.css'
import { RowStatus } from './RowStatus'
import { isUnread, Unread } from './Unread'
import { customerName } from './words'

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

/** Only its own entry of the cache makes a row render. */
export const Row = memo(function Row(props: RowProps) {
  const { id, domId, index, start, isCursor, isOpen, isPicked, hasLeft, onPick, onOpen, onMenu } = props
  // The list has put it into the cache; were it gone from there, the server would only say so again.
  const { data: interaction } = useQuery({ ...interactionQuery(id), enabled: false })
  const frame = {
    id: domId,
    role: 'row',
    'aria-rowindex': index + 1,
    'aria-selected': isPicked,
    'aria-current': isOpen || undefined,
    style: { transform: `translateY(${start}px)` } satisfies CSSProperties,
  } as const
  if (!interaction) {
    return (
      <div {...frame} className={cx(styles.row, isCursor && styles.cursor)}>
        <div role="gridcell" className={styles.gone}>
          #{id} · {m.interactions_gone()}
        </div>
      </div>
    )
  }
  const { account, queue, last_message: last, state } = interaction
  const name = customerName(interaction)
  return (
    <div
      {...frame}
      className={cx(
        styles.row,
        isCursor && styles.cursor,
        isOpen && styles.open,
        isPicked && styles.picked,
        isUnread(interaction) && styles.unread,
        (hasLeft || state === 'closed') && styles.left,
      )}
      onClick={event => {
        if (event.shiftKey || event.ctrlKey || event.metaKey) onPick(id, event.shiftKey)
        else onOpen(id)
      }}
      onMouseDown={event => {
        // Shift would mark words up to here.
        if (event.shiftKey) event.preventDefault()
      }}
      onContextMenu={(event: MouseEvent<HTMLElement>) => {
        const button = event.currentTarget.querySelector('button')
        if (!button) return
        event.preventDefault()
        onMenu(id, button)
      }}
    >
      <div role="gridcell" className={styles.face}>
        <Avatar name={name} />
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
      </div>
      <div role="gridcell" className={styles.words}>
        <span className={styles.line}>
          <span className={styles.name}>{name}</span>
          <span className={styles.where}>
            {account.key}
            {queue && ` · ${queue.name}`}
          </span>
          <span className={styles.end}>
            {interaction.window.expires_at && state !== 'closed' && (
              <WindowArc
                expiresAt={interaction.window.open ? interaction.window.expires_at : null}
                size={12}
              />
            )}
            {last && <ListTime at={last.at} />}
          </span>
        </span>
        <span className={styles.line}>
          {last ? <LastMessage last={last} /> : <span className={styles.last} />}
          <span className={styles.end}>
            <TagDots names={interaction.tags} />
            <RowStatus interaction={interaction} />
            <Unread of={interaction} />
          </span>
        </span>
      </div>
      <div role="gridcell" className={styles.actions}>
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
      </div>
    </div>
  )
})
