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

/** WhatsApp's marks of how customers take it. */
export const qualityWords: Record<string, () => string> = {
  GREEN: () => m.template_quality_green(),
  YELLOW: () => m.template_quality_yellow(),
  RED: () => m.template_quality_red(),
}

export const qualityTones: Record<string, 'success' | 'warning' | 'danger'> = {
  GREEN: 'success',
  YELLOW: 'warning',
  RED: 'danger',
}

const reasons: Record<string, () => string> = {
  INVALID_FORMAT: () => m.template_reason_invalid_format(),
  TAG_CONTENT_MISMATCH: () => m.template_reason_mismatch(),
  INCORRECT_CATEGORY: () => m.template_reason_mismatch(),
  ABUSIVE_CONTENT: () => m.template_reason_abusive(),
  SCAM: () => m.template_reason_scam(),
  PROMOTIONAL: () => m.template_reason_promotional(),
  NON_TRANSIENT_ERROR: () => m.template_reason_passing(),
}

/** Why it cannot be sent, and what to do; a word that nobody knows is shown as it is. */
export function reasonWords(status: Status, reason: string | null): string {
  if (status === 'paused') return m.template_paused_help()
  if (status === 'disabled') return m.template_disabled_help()
  if (!reason) return m.template_reason_none()
  return reasons[reason]?.() ?? m.settings_templates_reason({ reason })
}
