import { Eye, EyeOff, WandSparkles } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { m } from '@/i18n/admin'
import { Button, CopyButton, IconButton, TextField, type TextFieldProps } from '@/ui'
import styles from './Secret.module.css'

interface Props
  extends Pick<TextFieldProps, 'isRequired' | 'autoFocus' | 'autoComplete' | 'aria-describedby'> {
  label: string
  value: string
  onChange: (value: string) => void
  error: string | undefined
  description?: ReactNode
  /** For a secret that is ours to think up. */
  generate?: (() => string) | undefined
  /** More to do with it. */
  children?: ReactNode
}

/** Written, never read: hidden while it is typed, unless one asks to see it. */
export function SecretField({ generate, children, ...rest }: Props) {
  const { label, value, onChange } = rest
  const [isShown, setShown] = useState(false)
  return (
    <div className={styles.secret}>
      <TextField
        autoComplete="off"
        {...rest}
        type={isShown ? 'text' : 'password'}
        spellCheck="false"
        className={styles.field ?? ''}
      />
      <div className={styles.tools}>
        <IconButton
          size="small"
          icon={isShown ? EyeOff : Eye}
          label={isShown ? m.settings_hide() : m.settings_show()}
          isOn={isShown}
          onPress={() => setShown(!isShown)}
        />
        {value && <CopyButton text={value} label={m.settings_copy({ label })} />}
        {generate && (
          <Button
            size="small"
            icon={WandSparkles}
            onPress={() => {
              onChange(generate())
              setShown(true)
            }}
          >
            {m.settings_generate()}
          </Button>
        )}
        {children}
      </div>
    </div>
  )
}
