// biome-ignore-all lint/a11y/useKeyWithClickEvents: the keys are the text field's
// biome-ignore-all lint/a11y/noAutofocus: it is what the dialog was opened for
import { type KeyboardEvent, type ReactNode, useEffect, useId, useState } from 'react'
import { folded } from '@/lib/search'
import { release } from '@/lib/typedAhead'
import { cx } from './cx'
import styles from './Finder.module.css'

export interface Found<K> {
  id: K
  label: string
  /** Before the label. */
  mark?: ReactNode
  detail?: ReactNode
  /** Found by, besides the label. */
  words?: string | undefined
  /** The heading it stands under; it is found by that too. */
  group?: string | undefined
  isChecked?: boolean
  /** Seen, but not to be chosen. */
  isDisabled?: boolean
}

interface Props<K> {
  label: string
  placeholder: string
  items: readonly Found<K>[]
  /** What is said when nothing is found. */
  none: (text: string) => string
  /** What is on when it opens. */
  initial?: K | undefined
  isMany?: boolean
  /** The list is all there is: no frame around the field, larger letters. */
  isBare?: boolean
  autoFocus?: boolean
  /** A press only says which; Enter, or two presses, choose it. */
  isCautious?: boolean
  isDisabled?: boolean
  isBusy?: boolean
  onChoose: (id: K) => void
  /** Where the keys and presses are; the pointer alone moves nothing. */
  onActive?: (id: K | undefined) => void
  /** Below the items, within the list. */
  children?: ReactNode
}

/** Typing finds, arrows move, Enter chooses: a list that needs no mouse. */
export function Finder<K extends string | number>(props: Props<K>) {
  const { label, placeholder, items, none, initial, onChoose, onActive, children } = props
  const { isMany = false, isBare = false, autoFocus = true, isCautious, isDisabled, isBusy } = props
  const [text, setText] = useState('')
  const [active, setActive] = useState<K | undefined>(initial)
  const [isDue, setDue] = useState(false)
  const listId = useId()
  const wanted = folded(text).split(/\s+/).filter(Boolean)
  const found = items.filter(item => {
    const words = folded(`${item.label} ${item.group ?? ''} ${item.words ?? ''}`)
    return wanted.every(word => words.includes(word))
  })
  const possible = found.filter(item => !item.isDisabled)
  const chosen = possible.find(({ id }) => id === active) ?? possible[0]
  const idOf = (item: Found<K>) => `${listId}-${item.id}`
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
    if (!isDue || isBusy) return
    setDue(false)
    if (chosen && !isDisabled) onChoose(chosen.id)
  })
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0) {
      event.preventDefault()
      const at = chosen ? possible.indexOf(chosen) : 0
      const next = possible[(at + step + possible.length) % Math.max(1, possible.length)]
      setActive(next?.id)
      if (next) document.getElementById(idOf(next))?.scrollIntoView({ block: 'nearest' })
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault()
      if (chosen && !isDisabled) onChoose(chosen.id)
    }
  }
  const onPress = (item: Found<K>) => {
    if (isDisabled || item.isDisabled) return
    setActive(item.id)
    if (!isCautious) onChoose(item.id)
  }
  return (
    <div className={cx(styles.finder, isBare && styles.bare)}>
      <input
        autoFocus={autoFocus}
        className={styles.input}
        role="combobox"
        aria-expanded="true"
        aria-controls={listId}
        aria-activedescendant={chosen ? idOf(chosen) : undefined}
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
        aria-busy={isBusy}
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
              id={idOf(item)}
              className={cx(styles.item, item === chosen && styles.active)}
              role="option"
              tabIndex={-1}
              aria-selected={isMany ? (item.isChecked ?? false) : item === chosen}
              aria-disabled={item.isDisabled}
              onClick={() => onPress(item)}
              onDoubleClick={() => isCautious && item === chosen && !isDisabled && onChoose(item.id)}
            >
              {item.mark}
              <span className={styles.label}>{item.label}</span>
              {item.detail && <span className={styles.detail}>{item.detail}</span>}
            </div>
          </div>
        ))}
        {children}
      </div>
      {found.length === 0 && !isBusy && (
        <p className={styles.none} role="status">
          {none(text)}
        </p>
      )}
    </div>
  )
}
