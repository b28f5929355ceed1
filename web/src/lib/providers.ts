// What providers are called by people.
import type { Account } from '@/api/types'

export type ProviderName = Account['provider']

export const providerNames: Record<ProviderName, string> = {
  meta: 'Meta',
  twilio: 'Twilio',
  sinch: 'Sinch',
  kaleyra: 'Kaleyra',
}
