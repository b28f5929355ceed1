import { type KeyboardEvent, useRef } from 'react'
import { cx } from '@/ui/cx'
import styles from './Filters.module.css'

interface Props<V extends { id: string; label: () => string }> {
  label: string
  views: readonly V[]
  current: V | undefined
  onChange: (view: V) => void
}

/** The lists that are one click away. One tab stop, as for the radio buttons that they are. */
export function Views<V extends { id: string; label: () => string }>(props: Props<V>) {
  const { label, views, current, onChange } = props
  const group = useRef<HTMLDivElement>(null)
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (by === 0) return
    event.preventDefault()
    const at = current ? views.indexOf(current) : -1
    const next = (at + by + views.length) % views.length
    const view = views[next]
    if (view) onChange(view)
    group.current?.querySelectorAll('button')[next]?.focus()
  }
  return (
    <div ref={group} className={styles.views} role="radiogroup" aria-label={label} onKeyDown={onKeyDown}>
      {views.map(view => (
        // biome-ignore lint/a11y/useSemanticElements: drawn as a row of words
        <button
          key={view.id}
          type="button"
          role="radio"
          aria-checked={view === current}
          tabIndex={view === current || (!current && view === views[0]) ? 0 : -1}
          className={cx(styles.view, view === current && styles.current)}
          onClick={() => onChange(view)}
        >
          {view.label()}
        </button>
      ))}
    </div>
  )
}
