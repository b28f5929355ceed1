import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query'
import { useVirtualizer } from '@tanstack/react-virtual'
import {
  type KeyboardEvent,
  type ReactNode,
  Suspense,
  useCallback,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react'
import { networkProblem } from '@/api/problem'
import type { IdPage } from '@/api/queries'
import { m } from '@/i18n'
import { useConnection } from '@/live'
import { cx } from '@/ui/cx'
import { ErrorNote } from '@/ui/ErrorNote'
import { SkeletonRows } from '@/ui/Skeleton'
import { FreshPill } from './FreshPill'
import styles from './Grid.module.css'
import { gridKey } from './gridKey'
import type { HandleName } from './handle'
import type { RowProps } from './RowParts'
import { type AskAhead, useAhead } from './useAhead'
import { useCursor } from './useCursor'
import { useFrozen } from './useFrozen'
import { useListHandle } from './useListHandle'
import { usePicked } from './usePicked'

export interface MenuProps {
  id: number
  anchor: Element
  onOpen: (id: number) => void
  onClose: () => void
}

interface Props {
  /** What names the list: with another name it is another list, and nothing of it is kept still. */
  name: string
  list: UseInfiniteQueryResult<InfiniteData<IdPage>>
  label: string
  /** Under which commands find it, and which of them shows what came above. */
  handle: HandleName
  thaw: string
  openId: number | undefined
  rowHeight: number
  /** How high the head is, which stands above the rows and stays; 0 without columns. */
  head: number
  pickedAtMost: number
  onOpen: (id: number) => void
  focusSearch: () => void
  toggleTable?: () => void
  askAhead: AskAhead
  renderHead?: (ids: readonly number[]) => ReactNode
  renderRow: (row: RowProps) => ReactNode
  renderMenu: (menu: MenuProps) => ReactNode
  renderBulk: (ids: readonly number[], onClear: () => void) => ReactNode
  renderEmpty: () => ReactNode
  renderRefused: (error: unknown, onRetry: () => void) => ReactNode
}

const nothing = () => {}

/**
 * Rows of a list that is longer than the screen and never still. The focus is on the grid and not on a row, so it
 * survives whatever happens to the rows.
 */
export function Grid({
  name,
  list,
  label,
  handle,
  thaw: thawCommand,
  openId,
  rowHeight,
  head,
  pickedAtMost,
  onOpen,
  focusSearch,
  toggleTable = nothing,
  askAhead,
  renderHead,
  renderRow,
  renderMenu,
  renderBulk,
  renderEmpty,
  renderRefused,
}: Props) {
  const scroller = useRef<HTMLDivElement>(null)
  const isPointed = useRef(false)
  const isPicking = useRef(false)
  const domId = useId()
  const live = useMemo(() => [...new Set(list.data?.pages.flatMap(page => page.ids))], [list.data])
  const isHeld = useCallback(
    () =>
      isPointed.current ||
      isPicking.current ||
      (scroller.current?.scrollTop ?? 0) > 0 ||
      isFocused(scroller.current),
    [],
  )
  const { shown, left, fresh, thaw } = useFrozen(name, live, isHeld)
  const { picked, pick, extend, pickAll, clear } = usePicked(name, shown, left, pickedAtMost)
  useEffect(() => {
    isPicking.current = picked.size > 0
  }, [picked])
  const { cursor, step, setCursor } = useCursor(shown, openId)
  const ahead = useAhead(
    cursor,
    useCallback(
      (element: Element) => {
        const row = element.closest('[role="row"]')?.id
        return row?.startsWith(`${domId}-`) ? Number(row.slice(domId.length + 1)) : null
      },
      [domId],
    ),
    askAhead,
  )
  const [menu, setMenu] = useState<{ id: number; anchor: Element } | null>(null)
  const rows = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: index => shown[index] ?? index,
    overscan: 8,
    scrollMargin: head,
    scrollPaddingStart: head,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: they are as high as the list is shown
  useEffect(() => rows.measure(), [rows, rowHeight])
  const items = rows.getVirtualItems()

  const lastIndex = items.at(-1)?.index ?? 0
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = list
  useEffect(() => {
    const isNearEnd = lastIndex >= shown.length - 12
    if (isNearEnd && hasNextPage && !isFetchingNextPage && !isFetchNextPageError) void fetchNextPage()
  }, [lastIndex, shown.length, hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage])

  const refresh = useCallback(() => {
    thaw()
    scroller.current?.scrollTo({ top: 0 })
  }, [thaw])

  const openMenu = useCallback(
    (id: number, anchor: Element) => {
      setCursor(id)
      setMenu({ id, anchor })
    },
    [setCursor],
  )
  const open = useCallback(
    (id: number) => {
      setCursor(id)
      onOpen(id)
    },
    [setCursor, onOpen],
  )

  const onPick = useCallback(
    (id: number, through: boolean) => {
      setCursor(id)
      pick(id, through)
    },
    [setCursor, pick],
  )
  const clearPicked = useCallback(() => {
    clear()
    scroller.current?.focus({ preventScroll: true })
  }, [clear])

  const move = (by: number, isPicked = false) => {
    const next = step(by)
    if (isPicked && next !== null) extend(cursor ?? next, next)
    if (next !== null) rows.scrollToIndex(shown.indexOf(next), { align: 'auto' })
  }
  useListHandle(handle, {
    move,
    open: () => cursor !== null && open(cursor),
    thaw: refresh,
    isStale: () => fresh > 0 || left.size > 0,
    focus: () => {
      if (cursor === null) step(1)
      scroller.current?.focus()
    },
    focusSearch,
    toggleTable,
    cursor: () => cursor,
    picked: () => [...picked],
    hasFocus: () => isFocused(scroller.current),
  })
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    // What is open above the rows, such as the choice of columns, has keys of its own.
    if (!event.currentTarget.contains(event.target as Node)) return
    const pageRows = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 1)
    const asked = gridKey(event, pageRows, shown.length)
    if (asked === 'clear' && picked.size === 0) return
    if (asked === null || ((asked === 'open' || asked === 'menu' || asked === 'pick') && cursor === null))
      return
    event.preventDefault()
    if (asked === 'open' && cursor !== null) open(cursor)
    else if (asked === 'menu' && cursor !== null) {
      const row = document.getElementById(`${domId}-${cursor}`)
      if (row) openMenu(cursor, row.querySelector('button') ?? row)
    } else if (asked === 'pick' && cursor !== null) pick(cursor)
    else if (asked === 'pickAll') pickAll()
    else if (asked === 'clear') clear()
    else if (typeof asked === 'number') move(asked, event.shiftKey)
  }

  const isOffline = useConnection() === 'offline'
  return (
    <div className={styles.list}>
      <FreshPill count={fresh} hasLeft={left.size > 0} command={thawCommand} onPress={refresh} />
      {isOffline && live.length > 0 && <p className={styles.offline}>{m.interactions_offline()}</p>}
      {/* biome-ignore lint/a11y/useSemanticElements: a virtual grid is no table */}
      <div
        ref={scroller}
        className={cx(styles.scroller, picked.size > 0 && styles.picking, renderHead && styles.table)}
        role="grid"
        aria-multiselectable
        tabIndex={0}
        aria-label={label}
        aria-busy={list.isPending}
        aria-rowcount={hasNextPage ? -1 : shown.length}
        aria-activedescendant={cursor === null ? undefined : `${domId}-${cursor}`}
        onKeyDown={onKeyDown}
        {...ahead}
        onPointerEnter={() => {
          isPointed.current = true
        }}
        onPointerLeave={() => {
          isPointed.current = false
        }}
      >
        {renderHead && (
          <Suspense fallback={<div style={{ height: head }} />}>
            {renderHead(items.flatMap(({ index }) => shown[index] ?? []))}
          </Suspense>
        )}
        {list.isPending && !list.isPaused && <SkeletonRows />}
        {list.isPending && list.isPaused && (
          <div className={styles.state}>
            <ErrorNote error={networkProblem(null)} />
          </div>
        )}
        {list.isError && live.length === 0 && (
          <Suspense>{renderRefused(list.error, () => void list.refetch())}</Suspense>
        )}
        {list.isSuccess && shown.length === 0 && <Suspense>{renderEmpty()}</Suspense>}
        <div className={styles.rows} role="presentation" style={{ height: rows.getTotalSize() }}>
          {items.map(item => {
            const id = shown[item.index]
            if (id === undefined) return null
            return (
              <Suspense key={id}>
                {renderRow({
                  id,
                  domId: `${domId}-${id}`,
                  index: item.index,
                  start: item.start - head,
                  isCursor: id === cursor,
                  isOpen: id === openId,
                  isPicked: picked.has(id),
                  hasLeft: left.has(id),
                  onPick,
                  onOpen: open,
                  onMenu: openMenu,
                })}
              </Suspense>
            )
          })}
        </div>
        {isFetchingNextPage && <SkeletonRows count={2} />}
        {isFetchNextPageError && (
          <div className={styles.state}>
            <ErrorNote error={list.error} onRetry={() => void fetchNextPage()} />
          </div>
        )}
      </div>
      {picked.size > 0 && <Suspense>{renderBulk([...picked], clearPicked)}</Suspense>}
      {menu && (
        <Suspense key={menu.id}>
          {renderMenu({
            id: menu.id,
            anchor: menu.anchor,
            onOpen: open,
            onClose: () => {
              setMenu(null)
              scroller.current?.focus({ preventScroll: true })
            },
          })}
        </Suspense>
      )}
    </div>
  )
}

function isFocused(element: HTMLElement | null): boolean {
  return element?.contains(document.activeElement) ?? false
}
