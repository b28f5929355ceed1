import { Outlet, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useCallback, useEffect, useRef } from 'react'
import { m } from '@/i18n'
import { useMedia } from '@/lib/useMedia'
import { cx } from '@/ui/cx'
import { Place } from '@/ui/Places'
import { Filters } from './Filters'
import { InteractionList } from './InteractionList'
import styles from './InteractionsPage.module.css'
import { rememberSearch, useOpenInteraction } from './navigation'
import { Resizer, useListWidth } from './Resizer'
import type { InteractionSearch } from './search'

/** The list; the conversation beside it is the route inside. On a narrow screen one of the two. */
export default function InteractionsPage() {
  const search = useSearch({ from: '/desk/frame/interactions' })
  const { interactionId } = useParams({ strict: false })
  const searchInput = useRef<HTMLInputElement>(null)
  const [width, setWidth] = useListWidth()
  const open = useOpenInteraction()
  const navigate = useNavigate()
  const change = useCallback(
    (next: InteractionSearch) => void navigate({ to: '.', search: next, replace: true }),
    [navigate],
  )
  // Reading, one needs the room.
  const isTable = search.view === 'table' && interactionId === undefined
  const isHidden = useMedia('(max-width: 799px)') && interactionId !== undefined
  const focusSearch = useCallback(() => {
    searchInput.current?.focus()
    searchInput.current?.select()
  }, [])
  useEffect(() => rememberSearch(search), [search])
  return (
    <div
      className={cx(styles.page, interactionId !== undefined && styles.reading, isTable && styles.wide)}
      style={{ '--list-width': `${width}px` }}
    >
      <title>{`${m.frame_interactions()} · Pronto`}</title>
      <h1 className="visually-hidden">{m.frame_interactions()}</h1>
      <section className={styles.list} aria-label={m.interactions_list()}>
        <Filters search={search} inputRef={searchInput} isTable={isTable} />
        <InteractionList
          search={search}
          openId={interactionId}
          isTable={isTable}
          onOpen={open}
          onChange={change}
          focusSearch={focusSearch}
        />
        {!isHidden && <Place name="list" />}
      </section>
      {!isTable && (
        <>
          <Resizer width={width} onResize={setWidth} />
          <div className={styles.conversation}>
            <Outlet />
          </div>
        </>
      )}
    </div>
  )
}
