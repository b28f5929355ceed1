import type { TemplateVariant } from '@/api/types'
import { m } from '@/i18n/admin'

type Status = TemplateVariant['status']

export const statusWords: Record<Status, () => string> = {
  approved: () => m.settings_templates_approved(),
  pending: () => m.settings_templates_pending(),
  rejected: () => m.settings_templates_rejected(),
  paused: () => m.settings_templates_paused(),
  disabled: () => m.settings_templates_disabled(),
  deleted: () => m.settings_templates_deleted(),
  other: () => m.settings_templates_other(),
}

export const statusTones: Record<Status, 'success' | 'warning' | 'danger' | 'muted'> = {
  approved: 'success',
  pending: 'muted',
  rejected: 'danger',
  paused: 'warning',
  disabled: 'danger',
  deleted: 'muted',
  other: 'muted',
}

export function categoryWords(category: string): string {
  switch (category) {
    case 'utility':
      return m.settings_templates_utility()
    case 'marketing':
      return m.settings_templates_marketing()
    case 'authentication':
      return m.settings_templates_authentication()
    default:
      return category
  }
}
