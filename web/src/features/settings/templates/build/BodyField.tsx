import { Bold, Braces, Italic, Strikethrough } from 'lucide-react'
import { useRef } from 'react'
import { characters, type Mark, type Selected, wrap } from '@/features/composer/format'
import { replaceText } from '@/features/composer/replace'
import { m } from '@/i18n/admin'
import { Button, IconButton, TextArea } from '@/ui'
import styles from './Build.module.css'
import { withVariable } from './variables'

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
  const edit = (change: (text: string, from: number, to: number) => Selected) => {
    const field = box.current
    if (field) replaceText(field, change(field.value, field.selectionStart, field.selectionEnd))
  }
  const sign = (mark: Mark) => () => edit((text, start, end) => wrap({ text, start, end }, mark))
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
          preventFocusOnPress
          onPress={() => edit((text, from, to) => withVariable(text, from, to, named))}
        >
          {m.template_insert_variable()}
        </Button>
        <IconButton
          size="small"
          preventFocusOnPress
          icon={Bold}
          label={m.template_bold()}
          onPress={sign('*')}
        />
        <IconButton
          size="small"
          preventFocusOnPress
          icon={Italic}
          label={m.template_italic()}
          onPress={sign('_')}
        />
        <IconButton
          size="small"
          preventFocusOnPress
          icon={Strikethrough}
          label={m.template_strike()}
          onPress={sign('~')}
        />
        <Count text={value} limit={1024} />
      </div>
    </div>
  )
}

/** How much of a field is used. */
export function Count({ text, limit }: { text: string; limit: number }) {
  const length = characters(text)
  return (
    <span className={length > limit ? styles.over : styles.count}>
      {m.template_count({ count: length, limit })}
    </span>
  )
}
