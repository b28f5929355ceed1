import type { CannedAnswer, CannedScope } from '@/api/types'
import { m } from '@/i18n/admin'
import type { Resource } from '../form/useResourceForm'

export interface CannedDraft {
  title: string
  shortcut: string
  text: string
  scope: CannedScope
  account_id: number | null
}

export const cannedResource: Resource<CannedAnswer, CannedDraft> = {
  collection: 'canned_answers',
  labels: {
    title: () => m.canned_admin_title(),
    shortcut: () => m.canned_admin_shortcut(),
    text: () => m.canned_admin_text(),
    scope: () => m.canned_admin_scope(),
    account_id: () => m.canned_admin_which(),
  },
  toDraft: ({ title, shortcut, text, scope, account }) => ({
    title,
    shortcut: shortcut ?? '',
    text,
    scope,
    account_id: account?.id ?? null,
  }),
  toBody: part => part,
  check: ({ title, text, scope, account_id }) => ({
    ...(title.trim() ? {} : { title: m.field_required() }),
    ...(text.trim() ? {} : { text: m.field_required() }),
    ...(scope === 'account' && account_id === null ? { account_id: m.field_required() } : {}),
  }),
}

export const blankCanned = (scope: CannedScope): CannedDraft => ({
  title: '',
  shortcut: '',
  text: '',
  scope,
  account_id: null,
})

/** In the order in which one greets: the customer, oneself, the house. What the company adds to contacts comes after. */
export const placeholderNames: readonly string[] = [
  'contact.first_name',
  'contact.last_name',
  'contact.name',
  'contact.phone',
  'contact.email',
  'contact.company',
  'agent.alias',
  'agent.name',
  'account.name',
  'account.phone',
  'interaction.id',
  'interaction.queue',
]

export const scopeWords: Record<CannedScope, () => string> = {
  global: () => m.canned_admin_global(),
  account: () => m.canned_admin_account(),
  personal: () => m.canned_admin_personal(),
}
