// How an account is, and what the steps of a check mean, in words.
import type { Account, AccountCheck } from '@/api/types'
import { m } from '@/i18n/admin'
import { type ProviderName, providerNames } from '@/lib/providers'
import type { Tone } from '@/ui'
import { blankConnection } from './account'
import { providers } from './providers'

type HealthState = Account['health']['state']

export const healthTones: Record<HealthState, Tone> = { ok: 'success', failing: 'danger', unknown: 'muted' }

export const healthWords: Record<HealthState, () => string> = {
  ok: () => m.settings_health_ok(),
  failing: () => m.settings_health_failing(),
  unknown: () => m.settings_health_unknown(),
}

interface StepWords {
  label: () => string
  fix: () => string
  /** What the server's detail says, where it is a figure. */
  detail?: (said: string) => string
}

/** What is looked at whoever the provider is. */
const everywhere: Record<string, StepWords> = {
  public_url: { label: () => m.settings_check_public_url(), fix: () => m.settings_check_public_url_fix() },
  webhook: { label: () => m.settings_check_webhook(), fix: () => m.settings_check_webhook_fix() },
  clock: {
    label: () => m.settings_check_clock(),
    fix: () => m.settings_check_clock_fix(),
    detail: seconds => m.settings_check_clock_off({ seconds }),
  },
  media: { label: () => m.settings_check_media(), fix: () => m.settings_check_media_fix() },
  missed: { label: () => m.settings_check_missed(), fix: () => m.settings_check_missed_fix() },
  disk: {
    label: () => m.settings_check_disk(),
    fix: () => m.settings_check_disk_fix(),
    detail: free => m.settings_check_disk_free({ free }),
  },
}

const atMeta: Record<string, StepWords> = {
  ...everywhere,
  access_token: { label: () => m.settings_access_token(), fix: () => m.settings_check_token_fix() },
  app_secret: { label: () => m.settings_app_secret(), fix: () => m.settings_check_secret_fix() },
  verify_token: { label: () => m.settings_verify_token(), fix: () => m.settings_check_verify_fix() },
  number: { label: () => m.settings_phone(), fix: () => m.settings_check_number_fix() },
  subscription: { label: () => m.settings_check_subscribed(), fix: () => m.settings_check_subscribed_fix() },
}

function stepsOf(provider: ProviderName): Record<string, StepWords> {
  if (provider === 'meta') return atMeta
  const name = providerNames[provider]
  const signing = { label: () => m.settings_check_signing(), fix: () => m.settings_check_signing_fix() }
  const [token] = providers[provider].secrets({ app_id: '', connection: blankConnection })
  return {
    ...everywhere,
    access_token: {
      label: () => token?.label() ?? m.settings_access_token(),
      fix: () => m.settings_check_auth_fix({ provider: name }),
    },
    app_secret: signing,
    verify_token: signing,
    provider: {
      label: () => m.settings_check_provider({ provider: name }),
      fix: () => m.settings_check_provider_fix({ provider: name }),
    },
  }
}

/** One hop that was looked at; a code that is new here is shown as the server says it. */
export function stepWords(
  { code, state, detail }: Omit<AccountCheck['steps'][number], 'at'>,
  provider: ProviderName,
) {
  const steps = stepsOf(provider)
  const known = Object.hasOwn(steps, code) ? steps[code] : undefined
  const said = detail === 'not set' ? m.settings_credential_missing() : detail
  const none = code === 'webhook' && state === 'unknown' ? m.settings_check_webhook_none() : null
  return {
    label: known?.label() ?? code,
    detail: [said && (known?.detail?.(said) ?? said), none].filter(Boolean).join(' ') || null,
    fix: state === 'failing' ? (known?.fix() ?? null) : null,
  }
}

/** What was wrong at the last check, which the server keeps as "code: detail". */
export function healthDetail(detail: string | null, provider: ProviderName): string | null {
  const [, code = '', said] = /^([a-z_]+)(?:: (.*))?$/s.exec(detail ?? '') ?? []
  if (!Object.hasOwn(stepsOf(provider), code)) return detail
  const words = stepWords({ code, state: 'failing', detail: said ?? null }, provider)
  return [words.label, words.detail].filter(Boolean).join(': ')
}
