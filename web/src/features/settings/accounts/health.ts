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
  access_token: { label: () => m.settings_check_token(), fix: () => m.settings_check_token_fix() },
  app_secret: { label: () => m.settings_check_secret(), fix: () => m.settings_check_secret_fix() },
  verify_token: { label: () => m.settings_check_verify(), fix: () => m.settings_check_verify_fix() },
  reachable: { label: () => m.settings_check_reachable(), fix: () => m.settings_check_reachable_fix() },
  phone_number: { label: () => m.settings_check_number(), fix: () => m.settings_check_number_fix() },
  business_account: { label: () => m.settings_check_business(), fix: () => m.settings_check_business_fix() },
  subscription: { label: () => m.settings_check_subscribed(), fix: () => m.settings_check_subscribed_fix() },
}

export function stepWords({ code }: AccountCheck['steps'][number]): { label: string; fix: string | null } {
  const known = steps[code]
  return known ? { label: known.label(), fix: known.fix() } : { label: code, fix: null }
}
