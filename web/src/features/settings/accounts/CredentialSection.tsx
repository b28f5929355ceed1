import type { Account } from '@/api/types'
import { m } from '@/i18n/admin'
import { FormSection } from '@/ui'
import type { ResourceForm } from '../form/useResourceForm'
import type { AccountDraft, CredentialName } from './account'
import { CredentialField } from './CredentialField'
import { providers } from './providers'

/** Secrets are written and never read: the desk only tells whether they are there. */
export function CredentialSection({ form }: { form: ResourceForm<Account, AccountDraft> }) {
  return (
    <FormSection title={m.settings_credentials()} description={m.settings_credentials_help()}>
      {providers[form.draft.provider].secrets(form.draft).map(({ name, help, generate }) => {
        const bound = form.bind(name)
        return (
          <CredentialField
            // After saving it is set, and shown so.
            key={`${name} ${form.base?.version}`}
            {...bound}
            error={bound.error ?? form.misfits[`credentials.${name}`]}
            isSet={isSet(form.base, name)}
            description={help()}
            generate={generate}
          />
        )
      })}
    </FormSection>
  )
}

function isSet(account: Account | null, name: CredentialName): boolean {
  if (!account) return false
  return name === 'second_token' ? account.connection.second_token : account.credentials[name]
}
