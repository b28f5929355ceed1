import { Check, Circle, Eye, EyeOff, WandSparkles } from 'lucide-react'
import { useState } from 'react'
import type { User } from '@/api/types'
import { m } from '@/i18n/admin'
import { Button, CopyButton, cx, FormSection, IconButton, Note, TextField } from '@/ui'
import type { ResourceForm } from '../form/useResourceForm'
import styles from './Password.module.css'
import { makePassword, rules } from './password'
import type { UserDraft } from './user'

/** A first password, or a new one for somebody who forgot theirs. */
export function PasswordSection({ form }: { form: ResourceForm<User, UserDraft> }) {
  const [isShown, setShown] = useState(false)
  const { draft, bind, set, isNew } = form
  const generate = () => {
    set('password', makePassword())
    setShown(true)
  }
  return (
    <FormSection
      title={m.settings_password()}
      description={isNew ? m.settings_password_first() : m.settings_password_again()}
    >
      <div className={styles.row}>
        <TextField
          {...bind('password')}
          label={isNew ? m.settings_password() : m.settings_password_new()}
          isRequired={isNew}
          type={isShown ? 'text' : 'password'}
          autoComplete="new-password"
          spellCheck="false"
          className={styles.field ?? ''}
          aria-describedby="password-rules"
        />
        <div className={styles.tools}>
          <IconButton
            size="small"
            icon={isShown ? EyeOff : Eye}
            label={isShown ? m.settings_hide() : m.settings_show()}
            isOn={isShown}
            onPress={() => setShown(!isShown)}
          />
          {draft.password && <CopyButton text={draft.password} label={m.settings_password_copy()} />}
          <Button size="small" icon={WandSparkles} onPress={generate}>
            {m.settings_generate()}
          </Button>
        </div>
      </div>
      {(isNew || draft.password) && (
        <>
          <ul id="password-rules" className={styles.rules}>
            {rules.map(rule => {
              const isMet = rule.isMet(draft.password)
              const Icon = isMet ? Check : Circle
              return (
                <li key={rule.label()} className={cx(styles.rule, isMet && styles.met)}>
                  <Icon size={12} strokeWidth={2.5} aria-hidden="true" />
                  {rule.label()}
                  {isMet && <span className="visually-hidden">{m.settings_rule_met()}</span>}
                </li>
              )
            })}
          </ul>
          <Note>{m.settings_must_change()}</Note>
        </>
      )}
    </FormSection>
  )
}
