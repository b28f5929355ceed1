import { useInfiniteQuery } from '@tanstack/react-query'
import { memo, useEffect, useMemo, useRef, useState } from 'react'
import { threadQuery } from '@/api/queries'
import type { Interaction } from '@/api/types'
import { useSession } from '@/features/signin/session'
import { m } from '@/i18n/pages'
import { EmptyState } from '@/ui/EmptyState'
import { ErrorNote } from '@/ui/ErrorNote'
import { Announcer } from './Announcer'
import { useAsked } from './asked'
import { DayLabel } from './DayLabel'
import { keepSame, rowsOf, type ThreadRow } from './rows'
import styles from './Thread.module.css'
import { ThreadSkeleton } from './ThreadSkeleton'
import { ToNewest } from './ToNewest'
import { ThreadTools } from './tools'
import { useJump } from './useJump'
import { useReading } from './useReading'
import { useRows } from './useRows'
import { useUnreadFrom } from './useUnreadFrom'
import { VirtualRow } from './VirtualRow'

interface Props {
  interaction: Interaction
  /** What is seen has been painted once: the rows above it can be drawn. */
  isSettled: boolean
  onShown: (id: number) => void
}

/** All messages of an interaction, the newest at the foot; older ones are read when one scrolls up to them. */
export const Thread = memo(function Thread({ interaction, isSettled, onShown }: Props) {
  const { id } = interaction
  const { user } = useSession()
  const query = useInfiniteQuery(threadQuery(id))
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = query
  const messages = useMemo(
    () => query.data?.pages.toReversed().flatMap(page => page.items) ?? [],
    [query.data],
  )
  const isReading = useRef((): boolean => true)
  const [stableIsReading] = useState(() => () => isReading.current())
  const unreadFrom = useUnreadFrom(messages, interaction.unread, stableIsReading)
  const held = useRef<ThreadRow[]>([])
  const rows = useMemo(() => {
    held.current = keepSame(held.current, rowsOf(messages, unreadFrom))
    return held.current
  }, [messages, unreadFrom])

  const scroller = useRef<HTMLDivElement>(null)
  const view = useRows(id, rows, scroller, isSettled)
  const { virtual, isAtEnd, onKeyDown } = view
  useEffect(() => {
    isReading.current = () => document.visibilityState === 'visible' && isAtEnd
  })
  useReading(interaction, messages, isAtEnd, user.id)

  const items = virtual.getVirtualItems()
  const isNearTop = (items[0]?.index ?? 99) < 8 && rows.length > 0
  useEffect(() => {
    if (isNearTop && hasNextPage && !isFetchingNextPage && !isFetchNextPageError) void fetchNextPage()
  }, [isNearTop, hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage])
  const { flashed, jumpTo } = useJump(rows, virtual, query)
  useAsked(rows.length > 0 ? id : null, jumpTo)

  const { isPending } = query
  useEffect(() => {
    if (!isPending) onShown(id)
  }, [id, isPending, onShown])

  if (isPending) return <ThreadSkeleton />
  if (query.isError && messages.length === 0) {
    return (
      <div className={styles.state}>
        <ErrorNote error={query.error} onRetry={() => void query.refetch()} />
      </div>
    )
  }
  return (
    <ThreadTools interaction={interaction} messages={messages} jumpTo={jumpTo}>
      <div className={styles.thread}>
        <DayLabel rows={rows} virtual={virtual} />
        <section
          ref={scroller}
          className={styles.scroller}
          aria-label={m.conversation_thread()}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keys
          tabIndex={0}
          onScroll={view.onScroll}
          onKeyDown={onKeyDown}
        >
          {messages.length === 0 ? (
            <EmptyState title={m.conversation_empty()} />
          ) : (
            <div className={styles.page}>
              {isFetchNextPageError && (
                <div className={styles.state}>
                  <ErrorNote error={query.error} onRetry={() => void fetchNextPage()} />
                </div>
              )}
              <p className={styles.begin} role="status">
                {isFetchingNextPage ? m.conversation_older() : hasNextPage ? '' : m.conversation_start()}
              </p>
              <div className={styles.rows} style={{ height: virtual.getTotalSize() }}>
                {items.map(item => {
                  const row = rows[item.index]
                  return (
                    row && (
                      <div
                        key={row.key}
                        ref={virtual.measureElement}
                        data-index={item.index}
                        className={styles.row}
                        style={{ transform: `translateY(${item.start}px)` }}
                      >
                        <VirtualRow row={row} isFlashed={row.key === flashed} />
                      </div>
                    )
                  )
                })}
              </div>
            </div>
          )}
        </section>
        <ToNewest messages={messages} isAtEnd={isAtEnd} onPress={view.toNewest} />
        <Announcer messages={messages} />
      </div>
    </ThreadTools>
  )
})
