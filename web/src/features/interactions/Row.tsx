// biome-ignore-all lint/a11y/useSemanticElements: rows that are only partly there cannot be a table
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus, aria-activedescendant names the row
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the keys are the grid's
// biome-ignore-all lint/a11y/noStaticElementInteractions: its role comes with the frame
import { useQuery } from '@tanstack/react-query'
import { memo } from 'react'
import { interactionQuery } from '@/api/queries'
import { TagDots } from '@/features/care/Tag'
import styles from '@/features/list/Row.module.css'
import { frameOf, MoreButton, PickBox, pressesOf, type RowProps } from '@/features/list/RowParts'
import { m } from '@/i18n'
import { Avatar } from '@/ui/Avatar'
import { cx } from '@/ui/cx'
import { ListTime } from '@/ui/Time'
import { WindowArc } from '@/ui/WindowArc'
import { LastMessage } from './LastMessage'
import { RowStatus } from './RowStatus'
import { isUnread, Unread } from './Unread'
import { customerName } from './words'

/** Only its own entry of the cache makes a row render. */
export const Row = memo(function Row(props: RowProps) {
  const { id, isCursor, isOpen, isPicked, hasLeft, onPick, onMenu } = props
  // The list has put it into the cache; were it gone from there, the server would only say so again.
  const { data: interaction } = useQuery({ ...interactionQuery(id), enabled: false })
  const frame = frameOf(props)
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
      {...pressesOf(props)}
    >
      <div role="gridcell" className={styles.face}>
        <Avatar name={name} />
        <PickBox id={id} name={name} isPicked={isPicked} onPick={onPick} />
      </div>
      <div role="gridcell" className={styles.words}>
        <span className={styles.line}>
          <span className={styles.name}>{name}</span>
          <span className={styles.where}>
            <span>
              {account.key}
              {queue && ` · ${queue.name}`}
            </span>
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
        <MoreButton id={id} name={name} onMenu={onMenu} />
      </div>
    </div>
  )
})
