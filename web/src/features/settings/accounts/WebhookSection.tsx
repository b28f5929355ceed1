import type { Account } from '@/api/types'
import { m } from '@/i18n/admin'
import { providerNames } from '@/lib/providers'
import { CopyButton, FormSection, Note } from '@/ui'
import styles from './Accounts.module.css'
import type { AccountDraft } from './account'
import { providers } from './providers'

interface Props {
  account: Account | null
  draft: AccountDraft
}

/** Where the provider is to deliver, and how to tell it so. */
export function WebhookSection({ account, draft }: Props) {
  return (
    <FormSection
      title={m.settings_webhook()}
      description={m.settings_webhook_to({ provider: providerNames[draft.provider] })}
    >
      {account ? <Webhook account={account} draft={draft} /> : <Note>{m.settings_webhook_later()}</Note>}
    </FormSection>
  )
}

function Webhook({ account, draft }: { account: Account; draft: AccountDraft }) {
  const { provider, webhook_url } = account
  // Kaleyra's ends with a secret that is known here only while it is typed.
  const typed = draft.verify_token?.trim()
  const url = typed ? webhook_url.replace('{secret}', encodeURIComponent(typed)) : webhook_url
  return (
    <>
      <div className={styles.url}>
        <code>{url}</code>
        <CopyButton text={url} label={m.settings_copy({ label: m.settings_webhook_url() })} />
      </div>
      {url.endsWith('{secret}') && <Note>{m.settings_webhook_path_hidden({ secret: '{secret}' })}</Note>}
      {isItself(account) && !isReachable(url) && (
        <Note tone="warning">{m.settings_webhook_cannot({ provider: providerNames[provider] })}</Note>
      )}
      <ol className={styles.steps}>
        {[...providers[provider].steps, m.settings_webhook_step_check].map(step => (
          <li key={step()}>{step()}</li>
        ))}
      </ol>
    </>
  )
}

/** Simulators and recorders stand nearby and call what the provider itself could not. */
function isItself({ provider, base_url }: Account): boolean {
  const host = URL.canParse(base_url) ? new URL(base_url).hostname : ''
  const homes = [providers[provider].baseUrl, ...providers[provider].regions.map(({ url }) => url)]
  return homes.some(home => new URL(home).hostname === host)
}

/** Nobody calls what has no TLS, and nobody else what only this computer knows. */
export function isReachable(url: string): boolean {
  try {
    const { protocol, hostname } = new URL(url)
    return (
      protocol === 'https:' && !/^(localhost|127\.|10\.|192\.168\.|\[)|\.(local|internal)$/.test(hostname)
    )
  } catch {
    return false
  }
}
