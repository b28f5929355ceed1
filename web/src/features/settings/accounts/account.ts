import type { Account, FlowStep } from '@/api/types'
import { m } from '@/i18n/admin'
import type { ProviderName } from '@/lib/providers'
import type { Misfits } from '../form/draft'
import type { Resource } from '../form/useResourceForm'
import { endlessStep } from './flow'
import { idLabel, providers, secretLabel } from './providers'

export type CredentialName = keyof Account['credentials'] | 'second_token'

/** null: stays as it is; empty: is taken away. What is stored is never read. */
export type Credential = string | null

/** How the provider and the desk reach each other: all of it typed, what is empty is not set. */
export interface ConnectionDraft {
  public_url: string
  version: 'v1' | 'v2'
  waba_id: string
  header: string
  shared_key_id: string
  /** Separated by commas. */
  media_hosts: string
}

export interface AccountDraft extends Record<CredentialName, Credential> {
  provider: ProviderName
  name: string
  key: string
  phone: string
  base_url: string
  phone_number_id: string
  business_account_id: string
  app_id: string
  connection: ConnectionDraft
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
    provider: () => m.settings_provider(),
    phone_number_id: ({ provider }) => idLabel('phone_number_id', provider),
    business_account_id: ({ provider }) => idLabel('business_account_id', provider),
    app_id: ({ provider }) => idLabel('app_id', provider),
    connection: () => m.settings_connection(),
    access_token: draft => secretLabel('access_token', draft),
    app_secret: draft => secretLabel('app_secret', draft),
    verify_token: draft => secretLabel('verify_token', draft),
    second_token: draft => secretLabel('second_token', draft),
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
    provider: account.provider,
    name: account.name,
    key: account.key,
    phone: account.phone ?? '',
    base_url: account.base_url,
    phone_number_id: account.phone_number_id,
    business_account_id: account.business_account_id,
    app_id: account.app_id ?? '',
    connection: connectionOf(account.connection),
    access_token: null,
    app_secret: null,
    verify_token: null,
    second_token: null,
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

export const blankConnection: ConnectionDraft = {
  public_url: '',
  version: 'v2',
  waba_id: '',
  header: '',
  shared_key_id: '',
  media_hosts: '',
}

function connectionOf(connection: Account['connection']): ConnectionDraft {
  const { public_url, version, waba_id, header, shared_key_id, media_hosts } = connection
  return {
    public_url: public_url ?? '',
    version: version ?? 'v2',
    waba_id: waba_id ?? '',
    header: header ?? '',
    shared_key_id: shared_key_id ?? '',
    media_hosts: media_hosts.join(', '),
  }
}

const hostsOf = (typed: string): string[] => typed.split(/[\s,;]+/).filter(Boolean)

function connectionBody({ version, media_hosts, ...texts }: ConnectionDraft): Record<string, unknown> {
  const said = Object.entries(trimmed(texts)).filter(([, text]) => text !== '')
  return { ...Object.fromEntries(said), version, media_hosts: hostsOf(media_hosts) }
}

function toBody(part: Partial<AccountDraft>): Record<string, unknown> {
  const { access_token, app_secret, verify_token, second_token, phone, app_id, connection, ...rest } = part
  const typed = Object.entries({ access_token, app_secret, verify_token, second_token })
  const credentials = Object.fromEntries(typed.filter(([, value]) => typeof value === 'string'))
  return {
    ...trimmed(rest),
    ...(phone === undefined ? {} : { phone: phone.trim() || null }),
    ...(app_id === undefined ? {} : { app_id: app_id.trim() || null }),
    ...(connection === undefined ? {} : { connection: connectionBody(connection) }),
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
  const { ids } = providers[draft.provider]
  const required = ids.filter(({ isRequired }) => isRequired).map(({ name }) => name)
  for (const field of ['name', 'key', 'base_url', ...required] as const) {
    if (!draft[field].trim()) wrong[field] = m.field_required()
  }
  if (draft.key && !/^[a-z0-9-]{1,12}$/.test(draft.key)) wrong.key = m.settings_key_format()
  for (const [field, url] of [
    ['base_url', draft.base_url],
    ['connection.public_url', draft.connection.public_url],
  ] as const) {
    if (url && !/^https?:\/\/\S+$/.test(url.trim())) wrong[field] = m.settings_url_format()
  }
  for (const { name } of ids) {
    const id = draft[name].trim()
    if (id && !formOf(name, draft.provider).test(id)) wrong[name] = formWords(name, draft.provider)
  }
  if (hostsOf(draft.connection.media_hosts).some(host => !/^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(host))) {
    wrong['connection.media_hosts'] = m.settings_media_hosts_format()
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

/** What an id looks like: senders of Twilio and Kaleyra are numbers, with whatever people write between the digits. */
function formOf(name: string, provider: ProviderName): RegExp {
  const isNumber = name === 'phone_number_id' && (provider === 'twilio' || provider === 'kaleyra')
  if (!isNumber) return /^[\w-]+$/
  return provider === 'twilio' ? /^(MG\w+|\+?\d{5,15})$/ : /^\+?\d{5,15}$/
}

function formWords(name: string, provider: ProviderName): string {
  if (name !== 'phone_number_id') return m.settings_id_format()
  if (provider === 'twilio') return m.settings_number_format()
  return provider === 'kaleyra' ? m.settings_digits_format() : m.settings_id_format()
}

export const blankAccount = (): AccountDraft => ({
  provider: 'meta',
  name: '',
  key: '',
  phone: '',
  base_url: providers.meta.baseUrl,
  phone_number_id: '',
  business_account_id: '',
  app_id: '',
  connection: blankConnection,
  access_token: null,
  app_secret: null,
  verify_token: null,
  second_token: null,
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
