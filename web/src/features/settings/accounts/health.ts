// How an account is, and what the steps of a check mean, in words.
import type { Account, AccountCheck } from '@/api/types'
import { m } from '@/i18n/admin'
import type { Tone } from '@/ui'

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
}

const steps: Record<string, StepWords> = {
  access_token: { label: () => m.settings_access_token(), fix: () => m.settings_check_token_fix() },
  app_secret: { label: () => m.settings_app_secret(), fix: () => m.settings_check_secret_fix() },
  verify_token: { label: () => m.settings_verify_token(), fix: () => m.settings_check_verify_fix() },
  number: { label: () => m.settings_phone(), fix: () => m.settings_check_number_fix() },
  subscription: { label: () => m.settings_check_subscribed(), fix: () => m.settings_check_subscribed_fix() },
}

/** One thing that was looked at; a code that is new here is shown as the server says it. */
export function stepWords({ code, ok, detail }: AccountCheck['steps'][number]) {
  const known = steps[code]
  return {
    label: known?.label() ?? code,
    detail: detail === 'not set' ? m.settings_credential_missing() : detail,
    fix: ok ? null : (known?.fix() ?? null),
  }
}

/** What was wrong at the last check, which the server keeps as "code: detail". */
export function healthDetail(detail: string | null): string | null {
  const [, code = '', said] = /^([a-z_]+)(?:: (.*))?$/s.exec(detail ?? '') ?? []
  if (!(code in steps)) return detail
  const words = stepWords({ code, ok: false, detail: said ?? null })
  return [words.label, words.detail].filter(Boolean).join(': ')
}
