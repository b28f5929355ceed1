import { useMutation } from '@tanstack/react-query'
import { PlugZap } from 'lucide-react'
import { api } from '@/api/client'
import type { Account, AccountAnswer } from '@/api/types'
import { failureWords } from '@/features/conversation/failure'
import { m } from '@/i18n/admin'
import { providerNames } from '@/lib/providers'
import { Button, CopyButton, ErrorNote, FormSection, Note } from '@/ui'
import styles from './Accounts.module.css'
import type { AccountDraft } from './account'
import { providers } from './providers'

interface Props {
  account: Account | null
  draft: AccountDraft
  isDirty: boolean
}

/** Where the provider is to deliver, and how to tell it so. */
export function WebhookSection({ account, draft, isDirty }: Props) {
  return (
    <FormSection
      title={m.settings_webhook()}
      description={m.settings_webhook_to({ provider: providerNames[draft.provider] })}
    >
      {account ? (
        <Webhook account={account} draft={draft} isDirty={isDirty} />
      ) : (
        <Note>{m.settings_webhook_later()}</Note>
      )}
    </FormSection>
  )
}

function Webhook({ account, draft, isDirty }: Props & { account: Account }) {
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
      {providers[provider].canSubscribe && <Subscribe account={account} isDirty={isDirty} />}
      <ol className={styles.steps}>
        {[...providers[provider].steps, m.settings_webhook_step_check].map(step => (
          <li key={step()}>{step()}</li>
        ))}
      </ol>
    </>
  )
}

/** Tells the provider, where it has an API for that. */
function Subscribe({ account, isDirty }: { account: Account; isDirty: boolean }) {
  const provider = providerNames[account.provider]
  const subscribe = useMutation({
    mutationFn: () => api.post<AccountAnswer>(`/accounts/${account.id}/subscriptions`, {}),
  })
  const { data, error, isPending } = subscribe
  return (
    <>
      <div className={styles.health}>
        <Button icon={PlugZap} isPending={isPending} isDisabled={isDirty} onPress={() => subscribe.mutate()}>
          {m.settings_subscribe()}
        </Button>
        <span className={styles.healthWords}>{m.settings_subscribe_help({ provider })}</span>
      </div>
      <div role="status">
        {error && <ErrorNote error={error} />}
        {data && !isPending && !data.failure && <Note>{m.settings_subscribed({ provider })}</Note>}
        {data?.failure && !isPending && (
          <Note tone="danger">
            {m.settings_subscribe_failed({ provider, why: failureWords(data.failure) })}
          </Note>
        )}
      </div>
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
