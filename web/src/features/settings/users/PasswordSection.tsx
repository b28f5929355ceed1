import { Check, Circle } from 'lucide-react'
import type { User } from '@/api/types'
import { m } from '@/i18n/admin'
import { cx, FormSection, Note } from '@/ui'
import type { ResourceForm } from '../form/useResourceForm'
import { SecretField } from '../SecretField'
import styles from './Password.module.css'
import { makePassword, rules } from './password'
import type { UserDraft } from './user'

/** A first password, or a new one for somebody who forgot theirs. */
export function PasswordSection({ form }: { form: ResourceForm<User, UserDraft> }) {
  const { draft, bind, isNew } = form
  return (
    <FormSection
      title={m.settings_password()}
      description={isNew ? m.settings_password_first() : m.settings_password_again()}
    >
      <SecretField
        {...bind('password')}
        label={isNew ? m.settings_password() : m.settings_password_new()}
        isRequired={isNew}
        autoComplete="new-password"
        aria-describedby="password-rules"
        generate={makePassword}
      />
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
          <Note>
            {m.settings_must_change()} {!isNew && m.settings_sessions_end()}
          </Note>
        </>
      )}
    </FormSection>
  )
}
