import type { Account } from '@/api/types'
import { m } from '@/i18n/admin'
import { CopyButton, FormSection, Note } from '@/ui'
import styles from './Accounts.module.css'

/** Where Meta is to deliver, and how to tell it so. */
export function WebhookSection({ account }: { account: Account | null }) {
  return (
    <FormSection title={m.settings_webhook()} description={m.settings_webhook_help()}>
      {account ? (
        <Webhook url={account.webhook_url} isMeta={isMeta(account.base_url)} />
      ) : (
        <Note>{m.settings_webhook_later()}</Note>
      )}
    </FormSection>
  )
}

function Webhook({ url, isMeta }: { url: string; isMeta: boolean }) {
  return (
    <>
      <div className={styles.url}>
        <code>{url}</code>
        <CopyButton text={url} label={m.settings_copy({ label: m.settings_callback_url() })} />
      </div>
      {isMeta && !isReachable(url) && <Note tone="warning">{m.settings_webhook_unreachable()}</Note>}
      <ol className={styles.steps}>
        <li>{m.settings_webhook_step_open()}</li>
        <li>{m.settings_webhook_step_url()}</li>
        <li>{m.settings_webhook_step_token()}</li>
        <li>{m.settings_webhook_step_verify()}</li>
        <li>{m.settings_webhook_step_subscribe()}</li>
        <li>{m.settings_webhook_step_check()}</li>
      </ol>
    </>
  )
}

/** Simulators and recorders stand nearby and call what Meta could not. */
function isMeta(baseUrl: string): boolean {
  return /^https:\/\/[\w.-]*\bfacebook\.com\b/.test(baseUrl)
}

/** Meta calls nothing without TLS, and nothing that only this computer knows. */
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
