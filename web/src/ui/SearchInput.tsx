import { Search, X } from 'lucide-react'
import { type Ref, useRef } from 'react'
import { m } from '@/i18n'
import { cx } from './cx'
import styles from './SearchInput.module.css'

interface Props {
  /** For screen readers. */
  label: string
  placeholder?: string
  value: string
  onChange: (value: string) => void
  maxLength?: number
  inputRef?: Ref<HTMLInputElement>
  autoFocus?: boolean
  onEnter?: () => void
}

/** The search field of the first screen: like SearchField, without the script that forms need. */
export function SearchInput({
  label,
  placeholder = label,
  value,
  onChange,
  maxLength,
  inputRef,
  autoFocus = false,
  onEnter,
}: Props) {
  const held = useRef<HTMLInputElement>(null)
  const clear = () => {
    onChange('')
    held.current?.focus()
  }
  return (
    <div className={styles.box}>
      <Search size={16} strokeWidth={1.75} aria-hidden="true" />
      <input
        ref={input => {
          held.current = input
          if (typeof inputRef === 'function') inputRef(input)
          else if (inputRef) inputRef.current = input
        }}
        type="search"
        className={styles.input}
        aria-label={label}
        placeholder={placeholder}
        value={value}
        maxLength={maxLength}
        onChange={event => onChange(event.target.value)}
        // biome-ignore lint/a11y/noAutofocus: where a dialog begins with it, one has just asked for that dialog
        autoFocus={autoFocus}
        onKeyDown={event => {
          if (event.key === 'Enter') onEnter?.()
          if (event.key !== 'Escape' || !value) return
          event.preventDefault()
          event.stopPropagation()
          clear()
        }}
      />
      <button
        type="button"
        className={cx(styles.clear, !value && styles.hidden)}
        // Escape does the same.
        tabIndex={-1}
        aria-label={m.ui_clear()}
        onClick={clear}
      >
        <X size={14} aria-hidden="true" />
      </button>
    </div>
  )
}
