// What an account of each provider needs, and what it is called there. Pure but for the reader's language.
import { m } from '@/i18n/admin'
import { type ProviderName, providerNames } from '@/lib/providers'
import { makePassword } from '../users/password'
import type { AccountDraft, ConnectionDraft, CredentialName } from './account'

type IdName = 'phone_number_id' | 'business_account_id' | 'app_id'

export interface IdField {
  name: IdName
  label: () => string
  help: () => string
  isRequired: boolean
}

export interface SecretOf {
  name: CredentialName
  label: () => string
  help: () => string
  /** For a secret that is ours to think up. */
  generate?: () => string
}

export interface ConnectionField {
  name: Exclude<keyof ConnectionDraft, 'version'>
  label: () => string
  help: () => string
}

interface Region {
  url: string
  label: () => string
}

interface ProviderFacts {
  help: () => string
  /** Where what is to be entered is found. */
  where: () => string
  ids: readonly IdField[]
  /** Where its API usually is. */
  baseUrl: string
  /** Where else it is, by region; empty where there is only one. */
  regions: readonly Region[]
  secrets: (draft: Pick<AccountDraft, 'app_id' | 'connection'>) => readonly SecretOf[]
  connection: (draft: Pick<AccountDraft, 'connection'>) => readonly ConnectionField[]
  /** It can be told where to deliver. */
  canSubscribe: boolean
  /** What is to be done there, in order. */
  steps: readonly (() => string)[]
}

// Only signs that survive being pasted into a form and sent in a URL.
const think = () => makePassword().replace(/[^A-Za-z0-9]/g, '-')

const publicUrl = (provider: ProviderName): ConnectionField => ({
  name: 'public_url',
  label: () => m.settings_public_url(),
  help: () => m.settings_public_url_help({ provider: providerNames[provider] }),
})
const mediaHosts = (provider: ProviderName): ConnectionField => ({
  name: 'media_hosts',
  label: () => m.settings_media_hosts(),
  help: () => m.settings_media_hosts_help({ provider: providerNames[provider] }),
})

export const providers: Record<ProviderName, ProviderFacts> = {
  meta: {
    help: () => m.settings_provider_meta_help(),
    where: () => m.settings_at_meta_help(),
    ids: [
      {
        name: 'phone_number_id',
        label: () => m.settings_phone_number_id(),
        help: () => m.settings_phone_number_id_help(),
        isRequired: true,
      },
      {
        name: 'business_account_id',
        label: () => m.settings_business_account_id(),
        help: () => m.settings_business_account_id_help(),
        isRequired: true,
      },
      {
        name: 'app_id',
        label: () => m.settings_app_id(),
        help: () => m.settings_app_id_help(),
        isRequired: false,
      },
    ],
    baseUrl: 'https://graph.facebook.com/v23.0',
    regions: [],
    secrets: () => [
      {
        name: 'access_token',
        label: () => m.settings_access_token(),
        help: () => m.settings_access_token_help(),
      },
      { name: 'app_secret', label: () => m.settings_app_secret(), help: () => m.settings_app_secret_help() },
      {
        name: 'verify_token',
        label: () => m.settings_verify_token(),
        help: () => m.settings_verify_token_help(),
        generate: think,
      },
    ],
    connection: () => [],
    canSubscribe: true,
    steps: [
      () => m.settings_webhook_step_open(),
      () => m.settings_webhook_step_url(),
      () => m.settings_webhook_step_token(),
      () => m.settings_webhook_step_verify(),
      () => m.settings_webhook_step_subscribe(),
    ],
  },
  twilio: {
    help: () => m.settings_provider_twilio_help(),
    where: () => m.settings_at_twilio_help(),
    ids: [
      {
        name: 'phone_number_id',
        label: () => m.settings_twilio_sender(),
        help: () => m.settings_twilio_sender_help(),
        isRequired: true,
      },
      {
        name: 'business_account_id',
        label: () => m.settings_account_sid(),
        help: () => m.settings_twilio_sid_help(),
        isRequired: true,
      },
      {
        name: 'app_id',
        label: () => m.settings_twilio_key(),
        help: () => m.settings_twilio_key_help(),
        isRequired: false,
      },
    ],
    baseUrl: 'https://api.twilio.com',
    regions: [],
    secrets: ({ app_id, connection }) => [
      ...(app_id.trim()
        ? ([
            {
              name: 'access_token',
              label: () => m.settings_twilio_key_secret(),
              help: () => m.settings_twilio_key_secret_help(),
            },
            {
              name: 'app_secret',
              label: () => m.settings_twilio_token(),
              help: () => m.settings_twilio_signing_help(),
            },
          ] as const)
        : ([
            {
              name: 'access_token',
              label: () => m.settings_twilio_token(),
              help: () => m.settings_twilio_token_help(),
            },
          ] as const)),
      {
        name: 'second_token',
        label: () => m.settings_twilio_second(),
        help: () => m.settings_twilio_second_help(),
      },
      ...(connection.shared_key_id.trim()
        ? ([
            {
              name: 'verify_token',
              label: () => m.settings_twilio_shared_secret(),
              help: () => m.settings_twilio_shared_secret_help(),
            },
          ] as const)
        : []),
    ],
    connection: () => [
      publicUrl('twilio'),
      {
        name: 'shared_key_id',
        label: () => m.settings_twilio_shared(),
        help: () => m.settings_twilio_shared_help(),
      },
      mediaHosts('twilio'),
    ],
    canSubscribe: false,
    steps: [
      () => m.settings_twilio_step_open(),
      () => m.settings_twilio_step_url(),
      () => m.settings_twilio_step_retry(),
      () => m.settings_twilio_step_status(),
    ],
  },
  sinch: {
    help: () => m.settings_provider_sinch_help(),
    where: () => m.settings_at_sinch_help(),
    ids: [
      {
        name: 'phone_number_id',
        label: () => m.settings_sinch_app(),
        help: () => m.settings_sinch_app_help(),
        isRequired: true,
      },
      {
        name: 'business_account_id',
        label: () => m.settings_sinch_project(),
        help: () => m.settings_sinch_project_help(),
        isRequired: true,
      },
      {
        name: 'app_id',
        label: () => m.settings_sinch_key(),
        help: () => m.settings_sinch_key_help(),
        isRequired: true,
      },
    ],
    baseUrl: 'https://eu.conversation.api.sinch.com',
    regions: [
      { url: 'https://eu.conversation.api.sinch.com', label: () => m.settings_region_eu() },
      { url: 'https://us.conversation.api.sinch.com', label: () => m.settings_region_us() },
      { url: 'https://br.conversation.api.sinch.com', label: () => m.settings_region_br() },
    ],
    secrets: () => [
      {
        name: 'access_token',
        label: () => m.settings_sinch_key_secret(),
        help: () => m.settings_sinch_key_secret_help(),
      },
      {
        name: 'app_secret',
        label: () => m.settings_sinch_webhook_secret(),
        help: () => m.settings_sinch_webhook_secret_help(),
        generate: think,
      },
    ],
    connection: () => [publicUrl('sinch'), mediaHosts('sinch')],
    canSubscribe: true,
    steps: [
      () => m.settings_sinch_step_open(),
      () => m.settings_sinch_step_url(),
      () => m.settings_sinch_step_secret(),
      () => m.settings_sinch_step_triggers(),
    ],
  },
  kaleyra: {
    help: () => m.settings_provider_kaleyra_help(),
    where: () => m.settings_at_kaleyra_help(),
    ids: [
      {
        name: 'phone_number_id',
        label: () => m.settings_kaleyra_number(),
        help: () => m.settings_kaleyra_number_help(),
        isRequired: true,
      },
      {
        name: 'business_account_id',
        label: () => m.settings_account_sid(),
        help: () => m.settings_kaleyra_sid_help(),
        isRequired: true,
      },
    ],
    baseUrl: 'https://api.eu.kaleyra.io',
    regions: [
      { url: 'https://api.eu.kaleyra.io', label: () => m.settings_region_eu() },
      { url: 'https://api.in.kaleyra.io', label: () => m.settings_region_in() },
      { url: 'https://api.ap.kaleyra.io', label: () => m.settings_region_ap() },
      { url: 'https://api.na.kaleyra.ai', label: () => m.settings_region_us() },
      { url: 'https://api.kaleyra.io', label: () => m.settings_region_world() },
    ],
    secrets: () => [
      {
        name: 'access_token',
        label: () => m.settings_kaleyra_key(),
        help: () => m.settings_kaleyra_key_help(),
      },
      {
        name: 'verify_token',
        label: () => m.settings_kaleyra_path(),
        help: () => m.settings_kaleyra_path_help(),
        generate: think,
      },
      {
        name: 'app_secret',
        label: () => m.settings_kaleyra_proof(),
        help: () => m.settings_kaleyra_proof_help(),
      },
    ],
    connection: ({ connection }) => [
      publicUrl('kaleyra'),
      ...(connection.version === 'v2'
        ? ([
            {
              name: 'waba_id',
              label: () => m.settings_kaleyra_waba(),
              help: () => m.settings_kaleyra_waba_help(),
            },
          ] as const)
        : []),
      {
        name: 'header',
        label: () => m.settings_kaleyra_header(),
        help: () => m.settings_kaleyra_header_help(),
      },
      mediaHosts('kaleyra'),
    ],
    canSubscribe: false,
    steps: [
      () => m.settings_kaleyra_step_open(),
      () => m.settings_kaleyra_step_url(),
      () => m.settings_kaleyra_step_proof(),
      () => m.settings_kaleyra_step_number(),
    ],
  },
}

/** Every provider, the usual one first. */
export const providerList = Object.keys(providers) as ProviderName[]

/** What an id of the account is called at its provider. */
export function idLabel(name: IdName, provider: ProviderName): string {
  return providers[provider].ids.find(field => field.name === name)?.label() ?? m.settings_app_id()
}

export function secretLabel(
  name: CredentialName,
  draft: Pick<AccountDraft, 'provider' | 'app_id' | 'connection'>,
): string {
  const found = providers[draft.provider].secrets(draft).find(secret => secret.name === name)
  return found?.label() ?? m.settings_credentials()
}
