import type { Account } from '@/api/types'
import { m } from '@/i18n/admin'
import { FormSection } from '@/ui'
import type { ResourceForm } from '../form/useResourceForm'
import { makePassword } from '../users/password'
import type { AccountDraft, CredentialName } from './account'
import { CredentialField } from './CredentialField'

/** Secrets are written and never read: the desk only tells whether they are there. */
export function CredentialSection({ form }: { form: ResourceForm<Account, AccountDraft> }) {
  return (
    <FormSection title={m.settings_credentials()} description={m.settings_credentials_help()}>
      {credentials.map(({ name, help, generate }) => {
        const bound = form.bind(name)
        return (
          <CredentialField
            // After saving it is set, and shown so.
            key={`${name} ${form.base?.version}`}
            {...bound}
            error={bound.error ?? form.misfits[`credentials.${name}`]}
            isSet={form.base?.credentials[name] ?? false}
            description={help()}
            generate={generate}
          />
        )
      })}
    </FormSection>
  )
}

const credentials: readonly { name: CredentialName; help: () => string; generate?: () => string }[] = [
  { name: 'access_token', help: () => m.settings_access_token_help() },
  { name: 'app_secret', help: () => m.settings_app_secret_help() },
  {
    name: 'verify_token',
    help: () => m.settings_verify_token_help(),
    // Only signs that survive being pasted into a form and sent in a URL.
    generate: () => makePassword().replace(/[^A-Za-z0-9]/g, '-'),
  },
]
