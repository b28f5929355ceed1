import { Eye, EyeOff, WandSparkles } from 'lucide-react'
import { useState } from 'react'
import { m } from '@/i18n/admin'
import { Button, CopyButton, IconButton, Pill, TextField } from '@/ui'
import styles from './Accounts.module.css'
import type { Credential } from './account'

interface Props {
  label: string
  description: string
  value: Credential
  onChange: (value: Credential) => void
  error: string | undefined
  isSet: boolean
  /** For a secret that is ours to think up. */
  generate?: (() => string) | undefined
}

/** Says whether it is set; without one, or to replace it, a field to type into. */
export function CredentialField(props: Props) {
  const { label, value, onChange, isSet } = props
  const [isReplacing, setReplacing] = useState(false)
  const isCleared = isSet && value === ''
  if (!isCleared && (!isSet || isReplacing)) {
    const keep = () => {
      onChange(null)
      setReplacing(false)
    }
    return <Write {...props} keep={isSet ? keep : undefined} />
  }
  return (
    <div className={styles.credential}>
      <span className={styles.label}>{label}</span>
      <Pill tone={isCleared ? 'danger' : 'success'}>
        {isCleared ? m.settings_credential_cleared() : m.settings_credential_set()}
      </Pill>
      <span className={styles.spring} />
      {isCleared ? (
        <Button
          size="small"
          onPress={() => onChange(null)}
          aria-label={m.settings_credential_keep_of({ label })}
        >
          {m.settings_credential_keep()}
        </Button>
      ) : (
        <>
          <Button
            size="small"
            onPress={() => setReplacing(true)}
            aria-label={m.settings_credential_replace_of({ label })}
          >
            {m.settings_credential_replace()}
          </Button>
          <Button
            size="small"
            variant="quiet"
            onPress={() => onChange('')}
            aria-label={m.settings_credential_clear_of({ label })}
          >
            {m.settings_credential_clear()}
          </Button>
        </>
      )}
    </div>
  )
}

function Write({
  label,
  description,
  value,
  onChange,
  error,
  generate,
  keep,
}: Props & { keep?: (() => void) | undefined }) {
  const [isShown, setShown] = useState(false)
  return (
    <div className={styles.write}>
      <TextField
        label={label}
        value={value ?? ''}
        onChange={text => onChange(text || null)}
        error={error}
        description={keep ? undefined : <NotSet words={description} />}
        type={isShown ? 'text' : 'password'}
        autoComplete="off"
        spellCheck="false"
        autoFocus={keep !== undefined}
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
        {keep && (
          <Button size="small" variant="quiet" onPress={keep}>
            {m.settings_credential_keep()}
          </Button>
        )}
      </div>
    </div>
  )
}

function NotSet({ words }: { words: string }) {
  return (
    <>
      <strong>{m.settings_credential_missing()}</strong> {words}
    </>
  )
}
