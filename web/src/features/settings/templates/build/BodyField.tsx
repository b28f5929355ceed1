import { Bold, Braces, Italic, Strikethrough } from 'lucide-react'
import { useRef } from 'react'
import { m } from '@/i18n/admin'
import { Button, IconButton, TextArea } from '@/ui'
import styles from './Build.module.css'
import { type Edited, withVariable, wrapped } from './variables'

interface Props {
  value: string
  named: boolean
  error: string | undefined
  onChange: (text: string) => void
  onBlur: () => void
}

/** The words of a template, with a hand for variables and WhatsApp's signs. */
export function BodyField({ value, named, error, onChange, onBlur }: Props) {
  const box = useRef<HTMLTextAreaElement>(null)
  const edit = (change: (text: string, from: number, to: number) => Edited) => {
    const field = box.current
    const { text, caret } = change(
      value,
      field?.selectionStart ?? value.length,
      field?.selectionEnd ?? value.length,
    )
    onChange(text)
    // The text is in the field after the next render.
    setTimeout(() => {
      field?.focus()
      field?.setSelectionRange(caret, caret)
    })
  }
  const sign = (mark: string) => () => edit((text, from, to) => wrapped(text, from, to, mark))
  return (
    <div className={styles.body}>
      <TextArea
        label={m.template_body()}
        value={value}
        rows={7}
        isRequired
        inputRef={box}
        onChange={onChange}
        onBlur={onBlur}
        error={error}
      />
      <div className={styles.under}>
        <Button
          size="small"
          icon={Braces}
          onPress={() => edit((text, from, to) => withVariable(text, from, to, named))}
        >
          {m.template_insert_variable()}
        </Button>
        <IconButton size="small" icon={Bold} label={m.template_bold()} onPress={sign('*')} />
        <IconButton size="small" icon={Italic} label={m.template_italic()} onPress={sign('_')} />
        <IconButton size="small" icon={Strikethrough} label={m.template_strike()} onPress={sign('~')} />
        <Count text={value} limit={1024} />
      </div>
    </div>
  )
}

/** How much of a field is used, once it matters. */
export function Count({ text, limit }: { text: string; limit: number }) {
  const length = [...text].length
  return (
    <span className={length > limit ? styles.over : styles.count}>
      {m.template_count({ count: length, limit })}
    </span>
  )
}
