import { Lock } from 'lucide-react'
import { type KeyboardEvent, useRef, useState } from 'react'
import { Button } from 'react-aria-components/Button'
import { isProblem, problemWords } from '@/api/problem'
import { m } from '@/i18n/pages'
import { Spinner } from '@/ui/Spinner'
import { TextArea } from '@/ui/TextArea'
import { TextField } from '@/ui/TextField'
import { tip } from '@/ui/Tooltip'
import { isConflict } from './conflict'
import { Fact } from './Facts'
import styles from './Sidebar.module.css'

export type DetailType = 'text' | 'tel' | 'email' | 'lines' | 'number' | 'url' | 'datetime-local'

interface Props {
  name: string
  label: string
  type: DetailType
  value: string
  /** As it is read, where that differs from how it is typed. */
  shown?: string | undefined
  isMasked: boolean
  mayEdit: boolean
  isRequired: boolean
  /** What is certainly wrong with what was typed. */
  check?: (text: string) => string | undefined
  onSave: (value: string) => Promise<void>
}

/** A field that becomes an input when it is pressed. Enter and leaving it save, Escape does not. */
export function Detail(props: Props) {
  const { label, value, shown = value, isMasked, mayEdit } = props
  const [isEdited, setEdited] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  if (isEdited) {
    return (
      <Editor
        {...props}
        onDone={isByKey => {
          setEdited(false)
          // By Enter or Escape one wants to go on from here.
          if (isByKey) setTimeout(() => button.current?.focus())
        }}
      />
    )
  }
  return (
    <Fact label={label}>
      {isMasked ? (
        <Button
          className={styles.masked ?? ''}
          aria-label={`${label}: ${value}. ${m.sidebar_masked()}`}
          {...tip({ words: m.sidebar_masked() })}
        >
          <span className="numbers">{value}</span>
          <Lock size={12} aria-hidden="true" />
        </Button>
      ) : mayEdit ? (
        <Button
          ref={button}
          className={styles.value ?? ''}
          aria-label={`${m.sidebar_edit({ field: label })}: ${shown || m.sidebar_empty()}`}
          onPress={() => setEdited(true)}
        >
          {shown || <span className={styles.add}>{m.sidebar_add()}</span>}
        </Button>
      ) : (
        <span className={styles.text}>{shown || '–'}</span>
      )}
    </Fact>
  )
}

function Editor({
  name,
  label,
  type,
  value,
  isRequired,
  check,
  onSave,
  onDone,
}: Props & { onDone: (isByKey: boolean) => void }) {
  const [text, setText] = useState(value)
  const [isPending, setPending] = useState(false)
  const [error, setError] = useState<string>()
  const save = async (isByKey: boolean) => {
    const next = text.trim()
    if (isPending) return
    if (next === value && !error) return onDone(isByKey)
    if (isRequired && !next) return setError(m.field_required())
    const wrong = check?.(next)
    if (wrong) return setError(wrong)
    setPending(true)
    setError(undefined)
    try {
      await onSave(next)
      onDone(isByKey)
    } catch (problem) {
      setPending(false)
      setError(errorWords(problem, name))
    }
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const isSaved = event.key === 'Enter' && (type !== 'lines' || event.ctrlKey || event.metaKey)
    if (!isSaved && event.key !== 'Escape') return
    event.preventDefault()
    event.stopPropagation()
    if (isSaved) void save(true)
    else onDone(true)
  }
  // Another's version arrives as the value while one edits: what it says belongs into the error.
  const words = error === conflict ? m.sidebar_changed({ value: value || m.sidebar_empty() }) : error
  const common = {
    label,
    error: words,
    value: text,
    onChange: setText,
    isReadOnly: isPending,
    autoFocus: true,
    onBlur: () => void save(false),
    description: type === 'lines' ? m.sidebar_lines_save() : m.sidebar_enter_saves(),
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys are the field's
    <div className={styles.editor} onKeyDown={onKeyDown}>
      {type === 'lines' ? (
        <TextArea {...common} rows={4} />
      ) : (
        <TextField
          {...common}
          type={type === 'number' ? 'text' : type}
          inputMode={type === 'number' ? 'decimal' : undefined}
          suffix={isPending && <Spinner size={14} />}
        />
      )}
    </div>
  )
}

const conflict = '\0conflict'

function errorWords(problem: unknown, name: string): string {
  if (isConflict(problem)) return conflict
  return (isProblem(problem) && problem.field(name)) || problemWords(problem)
}
