import { useVirtualizer } from '@tanstack/react-virtual'
import { ArrowUp, Inbox } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { Delivery } from '@/api/types'
import { m } from '@/i18n/admin'
import { Button, EmptyState, ErrorNote, SkeletonRows } from '@/ui'
import { DeliveryRow } from './DeliveryRow'
import styles from './Ledger.module.css'
import type { LedgerSearch } from './search'

interface Props {
  query: {
    error: Error | null
    isPending: boolean
    hasNextPage: boolean
    isFetchingNextPage: boolean
    fetchNextPage: () => unknown
    refetch: () => unknown
  }
  deliveries: readonly Delivery[]
  waiting: number
  onShowNew: () => void
  openId: number | undefined
  search: LedgerSearch
}

const rowHeight = 52

export function DeliveryList({ query, deliveries, waiting, onShowNew, openId, search }: Props) {
  const scroller = useRef<HTMLDivElement>(null)
  const rows = useVirtualizer({
    count: deliveries.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: index => deliveries[index]?.id ?? index,
    overscan: 10,
  })
  const openIndex = deliveries.findIndex(({ id }) => id === openId)
  useEffect(() => {
    if (openIndex >= 0) rows.scrollToIndex(openIndex, { align: 'auto' })
  }, [openIndex, rows])

  const shown = rows.getVirtualItems()
  const isAtEnd = (shown.at(-1)?.index ?? 0) >= deliveries.length - 5
  const { hasNextPage, isFetchingNextPage, fetchNextPage, error } = query
  useEffect(() => {
    if (isAtEnd && hasNextPage && !isFetchingNextPage && !error) fetchNextPage()
  }, [isAtEnd, hasNextPage, isFetchingNextPage, fetchNextPage, error])

  if (query.isPending) {
    return (
      <div aria-busy="true">
        <span className="visually-hidden">{m.ui_loading()}</span>
        <SkeletonRows />
      </div>
    )
  }
  return (
    <div ref={scroller} className={styles.scroller}>
      {waiting > 0 && (
        <div className={styles.fresh} role="status">
          <Button
            size="small"
            variant="primary"
            icon={ArrowUp}
            onPress={() => {
              onShowNew()
              scroller.current?.scrollTo({ top: 0 })
            }}
          >
            {m.ledger_new({ count: waiting })}
          </Button>
        </div>
      )}
      {deliveries.length === 0 && !error && <None state={search.state} />}
      <ul className={styles.rows} style={{ height: rows.getTotalSize() }} aria-label={m.ledger_deliveries()}>
        {shown.map(({ index, key, start }) => {
          const delivery = deliveries[index]
          return (
            delivery && (
              <DeliveryRow
                key={key}
                delivery={delivery}
                isOpen={delivery.id === openId}
                search={search}
                top={start}
                place={index + 1}
                count={hasNextPage ? -1 : deliveries.length}
              />
            )
          )
        })}
      </ul>
      <div className={styles.foot}>
        {error && <ErrorNote error={error} onRetry={() => query.refetch()} />}
        {hasNextPage && !error && (
          <Button size="small" isPending={isFetchingNextPage} onPress={() => fetchNextPage()}>
            {m.ledger_older()}
          </Button>
        )}
      </div>
    </div>
  )
}

function None({ state }: { state: Delivery['state'] | undefined }) {
  if (state === 'failed')
    return <EmptyState title={m.ledger_none_failed()}>{m.ledger_none_failed_words()}</EmptyState>
  return (
    <EmptyState icon={Inbox} title={m.ledger_none()}>
      {state ? m.ledger_none_of_state() : m.ledger_none_words()}
    </EmptyState>
  )
}
