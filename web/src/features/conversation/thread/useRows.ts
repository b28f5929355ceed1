// The virtual rows of a thread: pinned to the newest, still when older ones come above, back where one left off.
import { defaultRangeExtractor, useVirtualizer, type Virtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react'
import { keepPlace, placeOf } from '@/features/tabs/store'
import { estimate } from './estimate'
import { keepMeasured, measuredOf } from './measured'
import type { ThreadRow } from './rows'

export type Rows = Virtualizer<HTMLDivElement, Element>

/** How large the last thread was, so that the first frame of the next has just the rows that are seen. */
let room = { width: 0, height: 0 }

/** What stands above the first row. */
const begin = 40
/** Room for the whisper that somebody is writing. */
const paddingEnd = 26
/** This close to the foot counts as being there. */
const nearEnd = 48

export function useRows(
  interactionId: number,
  rows: readonly ThreadRow[],
  scroller: RefObject<HTMLDivElement | null>,
  isSettled: boolean,
) {
  const [isAtEnd, setAtEnd] = useState(() => placeOf(interactionId) === undefined)
  const focused = useRef<string | null>(null)
  const virtual: Rows = useVirtualizer<HTMLDivElement, Element>({
    count: rows.length,
    enabled: rows.length > 0,
    initialRect: room.height > 0 ? room : { width: innerWidth, height: innerHeight },
    initialOffset: () => {
      const items = virtual.measurementsCache
      const place = placeOf(interactionId)
      const at = place ? rows.findIndex(row => row.key === place.row) : -1
      const top = place && items[at]
      if (top) return top.start + place.offset
      return Math.max(0, begin + (items[rows.length - 1]?.end ?? 0) + paddingEnd - room.height)
    },
    getScrollElement: () => scroller.current,
    estimateSize: index => estimate(rows[index]),
    getItemKey: useCallback((index: number) => rows[index]?.key ?? index, [rows]),
    // No more than what is seen at first: the frame that shows it is the one that is waited for.
    overscan: isSettled ? 6 : 1,
    anchorTo: 'end',
    followOnAppend: true,
    scrollEndThreshold: nearEnd,
    paddingEnd,
    initialMeasurementsCache: useState(() => measuredOf(interactionId))[0],
    // What has the focus stays there, however far one scrolls away from it.
    rangeExtractor: range => {
      const indexes = defaultRangeExtractor(range)
      const at = focused.current === null ? -1 : rows.findIndex(row => row.key === focused.current)
      if (at < 0 || indexes.includes(at)) return indexes
      return [...indexes, at].sort((one, other) => one - other)
    },
  })

  const current = useRef({ rows, virtual })
  useLayoutEffect(() => {
    current.current = { rows, virtual }
  })

  // Once, when the first rows are there: the newest, or where one left off.
  const isThere = rows.length > 0
  useLayoutEffect(() => {
    if (!isThere) return
    const { rows, virtual } = current.current
    const place = placeOf(interactionId)
    const at = place ? rows.findIndex(row => row.key === place.row) : -1
    if (place && at >= 0) {
      virtual.scrollToIndex(at, { align: 'start' })
      virtual.scrollBy(place.offset)
    } else virtual.scrollToEnd()
  }, [interactionId, isThere])
  useLayoutEffect(
    () => () => keepMeasured(interactionId, current.current.virtual.takeSnapshot()),
    [interactionId],
  )

  // The box below grows while one writes: whoever was at the foot stays there.
  const wasAtEnd = useRef(isAtEnd)
  wasAtEnd.current = isAtEnd
  useLayoutEffect(() => {
    const element = scroller.current
    if (!element || !isThere) return
    room = { width: element.clientWidth, height: element.clientHeight }
    const observer = new ResizeObserver(() => {
      const isSmaller = element.clientHeight < room.height
      room = { width: element.clientWidth, height: element.clientHeight }
      if (isSmaller && wasAtEnd.current) current.current.virtual.scrollToEnd()
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [scroller, isThere])

  const onScroll = useCallback(() => {
    const { rows, virtual } = current.current
    const element = scroller.current
    // Out of sight it has no height, and is nowhere.
    if (!element || element.clientHeight === 0) return
    const isEnd = element.scrollHeight - element.scrollTop - element.clientHeight <= nearEnd
    setAtEnd(isEnd)
    const top = virtual.getVirtualItemForOffset(element.scrollTop)
    const row = top && rows[top.index]
    keepPlace(
      interactionId,
      isEnd || !row ? null : { row: row.key, offset: Math.round(element.scrollTop - top.start) },
    )
  }, [interactionId, scroller])

  const toNewest = useCallback(() => current.current.virtual.scrollToEnd(), [])

  /** Up and down go from message to message; Enter opens what can be done with it. */
  const onKeyDown = useCallback((event: KeyboardEvent<HTMLElement>) => {
    const { rows, virtual } = current.current
    const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0
    if (by === 0 || event.altKey || event.ctrlKey || event.metaKey) return
    const article = (event.target as Element).closest('[data-message]')
    const from = article?.closest('[data-index]')?.getAttribute('data-index')
    let next = from === null || from === undefined ? rows.length : Number(from) + by
    if (from === undefined && by > 0) return
    if (from === undefined) next = rows.length - 1
    while (rows[next] && rows[next]?.kind !== 'message') next += by
    const row = rows[next]
    if (!row) return
    event.preventDefault()
    focused.current = row.key
    const scroll = event.currentTarget
    virtual.scrollToIndex(next, { align: 'auto' })
    requestAnimationFrame(() => {
      scroll
        .querySelector<HTMLElement>(`[data-index="${next}"] [data-message]`)
        ?.focus({ preventScroll: true })
    })
  }, [])

  return { virtual, isAtEnd, onScroll, onKeyDown, toNewest }
}
