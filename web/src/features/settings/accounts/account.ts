import type { Account, FlowStep } from '@/api/types'
import { m } from '@/i18n/admin'
import type { Misfits } from '../form/draft'
import type { Resource } from '../form/useResourceForm'
import { endlessStep } from './flow'

export type CredentialName = keyof Account['credentials']

/** null: stays as it is; empty: is taken away. What is stored is never read. */
export type Credential = string | null

export interface AccountDraft extends Record<CredentialName, Credential> {
  name: string
  key: string
  phone: string
  base_url: string
  phone_number_id: string
  business_account_id: string
  app_id: string
  flow: FlowStep[]
  /** 0 while none is chosen. */
  default_queue_id: number
  window_rule: Account['window_rule']
  grace_s: number
  rate_per_s: number
  create_contact: boolean
  take_from_bot: boolean
  closing: Account['closing']
  transfer: Account['transfer']
  user_ids: number[]
  team_ids: number[]
}

export const accountResource: Resource<Account, AccountDraft> = {
  collection: 'accounts',
  labels: {
    name: () => m.settings_name(),
    key: () => m.settings_key(),
    phone: () => m.settings_phone(),
    base_url: () => m.settings_base_url(),
    phone_number_id: () => m.settings_phone_number_id(),
    business_account_id: () => m.settings_business_account_id(),
    app_id: () => m.settings_app_id(),
    access_token: () => m.settings_access_token(),
    app_secret: () => m.settings_app_secret(),
    verify_token: () => m.settings_verify_token(),
    flow: () => m.settings_flow(),
    default_queue_id: () => m.settings_default_queue(),
    window_rule: () => m.settings_window_rule(),
    grace_s: () => m.settings_grace(),
    rate_per_s: () => m.settings_rate(),
    create_contact: () => m.settings_create_contact(),
    take_from_bot: () => m.settings_take_from_bot(),
    closing: () => m.settings_closing(),
    transfer: () => m.settings_transfers(),
    user_ids: () => m.settings_agents(),
    team_ids: () => m.settings_teams(),
  },
  toDraft: account => ({
    name: account.name,
    key: account.key,
    phone: account.phone ?? '',
    base_url: account.base_url,
    phone_number_id: account.phone_number_id,
    business_account_id: account.business_account_id,
    app_id: account.app_id ?? '',
    access_token: null,
    app_secret: null,
    verify_token: null,
    flow: account.flow,
    default_queue_id: account.default_queue_id,
    window_rule: account.window_rule,
    grace_s: account.grace_s,
    rate_per_s: account.rate_per_s,
    create_contact: account.create_contact,
    take_from_bot: account.take_from_bot,
    closing: account.closing,
    transfer: account.transfer,
    user_ids: account.user_ids,
    team_ids: account.team_ids,
  }),
  toBody,
  check,
}

function toBody(part: Partial<AccountDraft>): Record<string, unknown> {
  const { access_token, app_secret, verify_token, phone, app_id, ...rest } = part
  const typed = Object.entries({ access_token, app_secret, verify_token })
  const credentials = Object.fromEntries(typed.filter(([, value]) => typeof value === 'string'))
  return {
    ...trimmed(rest),
    ...(phone === undefined ? {} : { phone: phone.trim() || null }),
    ...(app_id === undefined ? {} : { app_id: app_id.trim() || null }),
    ...(Object.keys(credentials).length > 0 ? { credentials: trimmed(credentials) } : {}),
  }
}

/** What was pasted often has a blank at its end. */
function trimmed<T extends object>(part: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(part).map(([name, value]) => [name, typeof value === 'string' ? value.trim() : value]),
  ) as Partial<T>
}

function check(draft: AccountDraft): Misfits {
  const wrong: Record<string, string> = {}
  for (const field of ['name', 'key', 'base_url', 'phone_number_id', 'business_account_id'] as const) {
    if (!draft[field].trim()) wrong[field] = m.field_required()
  }
  if (draft.key && !/^[a-z0-9-]{1,12}$/.test(draft.key)) wrong.key = m.settings_key_format()
  if (draft.base_url && !/^https?:\/\/\S+$/.test(draft.base_url)) wrong.base_url = m.settings_url_format()
  for (const field of ['phone_number_id', 'business_account_id', 'app_id'] as const) {
    if (/[^\w-]/.test(draft[field].trim())) wrong[field] = m.settings_id_format()
  }
  const { close_after_s: close, warn_before_s: warn, warning } = draft.closing.silence
  if (Number.isNaN(close)) wrong['closing.silence.close_after_s'] = m.field_required()
  if (Number.isNaN(warn)) wrong['closing.silence.warn_before_s'] = m.field_required()
  if (close > 0 && warn > 0 && !warning.trim()) wrong['closing.silence.warning'] = m.field_required()
  if (Number.isNaN(draft.transfer.timeout_s)) wrong['transfer.timeout_s'] = m.field_required()
  if (!draft.default_queue_id) wrong.default_queue_id = m.field_required()
  draft.flow.forEach((step, index) => {
    if (!step.queue_id) wrong[`flow[${index}].queue_id`] = m.field_required()
    if (Number.isNaN(step.timeout_s)) wrong[`flow[${index}].timeout_s`] = m.field_required()
  })
  const endless = endlessStep(draft.flow)
  if (endless >= 0) wrong[`flow[${endless}].timeout_s`] = m.settings_flow_endless_field()
  return wrong
}

export const blankAccount = (): AccountDraft => ({
  name: '',
  key: '',
  phone: '',
  base_url: 'https://graph.facebook.com/v23.0',
  phone_number_id: '',
  business_account_id: '',
  app_id: '',
  access_token: null,
  app_secret: null,
  verify_token: null,
  flow: [],
  default_queue_id: 0,
  window_rule: 'latest_inbound',
  grace_s: 1_800,
  rate_per_s: 80,
  create_contact: true,
  take_from_bot: true,
  closing: {
    disposition_required: false,
    system_disposition: null,
    silence: { close_after_s: 0, warn_before_s: 0, warning: '' },
  },
  transfer: { to: null, timeout_s: null },
  user_ids: [],
  team_ids: [],
})

/** A key that may be made of the name: "Négozio Milano 2" gives "negozio-mila". */
export function keyFrom(name: string): string {
  const plain = name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  return plain
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+/, '')
    .slice(0, 12)
    .replace(/-+$/, '')
}
