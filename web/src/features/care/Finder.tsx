// biome-ignore-all lint/a11y/useKeyWithClickEvents: the keys are the text field's
// biome-ignore-all lint/a11y/noAutofocus: it is what the dialog was opened for
import { type KeyboardEvent, type ReactNode, useEffect, useId, useState } from 'react'
import { m } from '@/i18n/pages'
import { folded } from '@/lib/search'
import { cx } from '@/ui/cx'
import styles from './Finder.module.css'
import { release } from './typedAhead'

export interface Found<K> {
  id: K
  label: string
  /** Before the label. */
  mark?: ReactNode
  detail?: string | null | undefined
  /** The heading it stands under. */
  group?: string | undefined
  isChecked?: boolean
}

interface Props<K> {
  label: string
  placeholder: string
  items: readonly Found<K>[]
  /** What is on when it opens. */
  initial?: K | undefined
  isMany?: boolean
  /** Where the eye is: Enter and a click do the same. */
  onChoose: (id: K) => void
  onActive?: (id: K | undefined) => void
  isDisabled?: boolean
}

/** Typing finds, arrows move, Enter chooses: a list that needs no mouse. */
export function Finder<K extends string | number>(props: Props<K>) {
  const { label, placeholder, items, initial, isMany = false, onChoose, onActive, isDisabled } = props
  const [text, setText] = useState('')
  const [active, setActive] = useState<K | undefined>(initial)
  const [isDue, setDue] = useState(false)
  const listId = useId()
  const wanted = folded(text).split(/\s+/).filter(Boolean)
  const found = items.filter(item => {
    const words = folded(`${item.label} ${item.group ?? ''}`)
    return wanted.every(word => words.includes(word))
  })
  const index = Math.max(
    0,
    found.findIndex(({ id }) => id === active),
  )
  const chosen = found[index]
  // What was typed while this was still on its way.
  useEffect(() => {
    const typed = release()
    if (typed.text) {
      setText(typed.text)
      setActive(undefined)
    }
    if (typed.isChosen) setDue(true)
  }, [])
  useEffect(() => {
    onActive?.(chosen?.id)
    if (!isDue) return
    setDue(false)
    if (chosen && !isDisabled) onChoose(chosen.id)
  })
  const move = (to: Found<K> | undefined) => {
    setActive(to?.id)
    if (to) document.getElementById(`${listId}-${to.id}`)?.scrollIntoView({ block: 'nearest' })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0 && found.length > 0) {
      event.preventDefault()
      move(found[(index + step + found.length) % found.length])
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault()
      if (chosen && !isDisabled) onChoose(chosen.id)
    }
  }
  return (
    <div className={styles.finder}>
      <input
        autoFocus
        className={styles.input}
        role="combobox"
        aria-expanded="true"
        aria-controls={listId}
        aria-activedescendant={chosen ? `${listId}-${chosen.id}` : undefined}
        aria-label={label}
        placeholder={placeholder}
        value={text}
        onChange={event => {
          setText(event.target.value)
          setActive(undefined)
        }}
        onKeyDown={onKeyDown}
      />
      <div
        className={styles.list}
        id={listId}
        role="listbox"
        aria-label={label}
        aria-multiselectable={isMany || undefined}
      >
        {found.map((item, place) => (
          <div key={item.id} role="presentation">
            {item.group && item.group !== found[place - 1]?.group && (
              <div className={styles.group} role="presentation">
                {item.group}
              </div>
            )}
            <div
              id={`${listId}-${item.id}`}
              className={cx(styles.item, item === chosen && styles.active)}
              role="option"
              tabIndex={-1}
              aria-selected={isMany ? (item.isChecked ?? false) : item === chosen}
              onPointerMove={() => item !== chosen && move(item)}
              onClick={() => !isDisabled && onChoose(item.id)}
            >
              {item.mark}
              <span className={styles.label}>{item.label}</span>
              {item.detail && <span className={styles.detail}>{item.detail}</span>}
            </div>
          </div>
        ))}
      </div>
      {found.length === 0 && (
        <p className={styles.none} role="status">
          {m.care_none_found({ text })}
        </p>
      )}
    </div>
  )
}
