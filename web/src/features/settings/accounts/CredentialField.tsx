import { useState } from 'react'
import { m } from '@/i18n/admin'
import { Button, Pill } from '@/ui'
import { SecretField } from '../SecretField'
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
    return (
      <SecretField
        label={label}
        value={value ?? ''}
        onChange={text => onChange(text || null)}
        error={props.error}
        description={isSet ? undefined : <NotSet words={props.description} />}
        generate={props.generate}
        autoFocus={isSet}
      >
        {isSet && (
          <Button size="small" variant="quiet" onPress={keep}>
            {m.settings_credential_keep()}
          </Button>
        )}
      </SecretField>
    )
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

function NotSet({ words }: { words: string }) {
  return (
    <>
      <strong>{m.settings_credential_missing()}</strong> {words}
    </>
  )
}
