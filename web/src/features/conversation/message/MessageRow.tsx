import { type KeyboardEvent, memo, useState } from 'react'
import type { Message } from '@/api/types'
import { PendingLine } from '@/features/composer/PendingLine'
import { fullTime, millis } from '@/lib/time'
import { cx } from '@/ui/cx'
import { TimeOfDay } from '@/ui/Time'
import { authorName } from '../author'
import { systemWords } from '../systemLine'
import { useThread } from '../thread/context'
import { Actions } from './Actions'
import { Bubble } from './Bubble'
import { FailureLine } from './FailureLine'
import styles from './Message.module.css'
import { Meta, needsMeta } from './Meta'
import { NoteBody } from './NoteBody'
import { Reactions } from './Reactions'

export interface MessageProps {
  message: Message
  isFirst: boolean
  isLast: boolean
  isFlashed: boolean
}

export const MessageRow = memo(function MessageRow({ message, isFirst, isLast, isFlashed }: MessageProps) {
  const { openMenu } = useThread()
  const { direction } = message
  const [isNear, setNear] = useState(isTouched)
  const common = {
    'data-message': message.id,
    tabIndex: -1,
    'aria-label': `${authorName(message)}, ${fullTime(millis(message.at))}`,
    onPointerEnter: () => setNear(true),
    onFocus: () => setNear(true),
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
      const opens =
        event.key === 'Enter' || event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)
      if (!opens || event.target !== event.currentTarget || direction === 'system') return
      event.preventDefault()
      openMenu(message, event.currentTarget.querySelector('[data-bubble]') ?? event.currentTarget)
    },
  }
  if (direction === 'system') {
    return (
      <article {...common} className={styles.system}>
        {systemWords(message)} · <TimeOfDay at={message.at} />
      </article>
    )
  }
  if (direction === 'note') {
    return (
      <article {...common} className={cx(styles.note, isFlashed && styles.flash)} data-bubble="">
        <NoteBody message={message} />
        <Actions message={message} isNear={isNear} />
      </article>
    )
  }
  const isOut = direction === 'out'
  return (
    <article
      {...common}
      className={cx(styles.message, isOut ? styles.out : styles.in, isFirst && styles.first)}
    >
      <div className={styles.line}>
        <Bubble message={message} isFirst={isFirst} isLast={isLast} isFlashed={isFlashed} />
        <span className={styles.side}>
          <Actions message={message} isNear={isNear} />
          {!needsMeta(message, isLast) && <Meta message={message} />}
        </span>
      </div>
      <Reactions message={message} />
      {message.id < 0 ? <PendingLine clientId={message.client_id} /> : <FailureLine message={message} />}
    </article>
  )
})

/** Where nothing hovers, what can be done is always seen. */
function isTouched(): boolean {
  return globalThis.matchMedia?.('(hover: none)').matches ?? false
}
