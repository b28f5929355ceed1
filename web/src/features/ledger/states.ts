// What became of a delivery, in words, and what to do about it.
import { Check, CheckCheck, CircleSlash, Clock, type LucideIcon, TriangleAlert } from 'lucide-react'
import type { Delivery } from '@/api/types'
import { m } from '@/i18n/admin'
import type { Tone } from '@/ui'

interface StateWords {
  tone: Tone
  icon: LucideIcon
  label: () => string
  help: () => string
}

export const stateWords: Record<Delivery['state'], StateWords> = {
  failed: {
    tone: 'danger',
    icon: TriangleAlert,
    label: () => m.ledger_failed(),
    help: () => m.ledger_failed_help(),
  },
  pending: {
    tone: 'warning',
    icon: Clock,
    label: () => m.ledger_pending(),
    help: () => m.ledger_pending_help(),
  },
  applied: {
    tone: 'success',
    icon: Check,
    label: () => m.ledger_applied(),
    help: () => m.ledger_applied_help(),
  },
  duplicate: {
    tone: 'muted',
    icon: CheckCheck,
    label: () => m.ledger_duplicate(),
    help: () => m.ledger_duplicate_help(),
  },
  ignored: {
    tone: 'muted',
    icon: CircleSlash,
    label: () => m.ledger_ignored(),
    help: () => m.ledger_ignored_help(),
  },
}

/** The words for an item's outcome; one that is new here is shown as the server says it. */
export function outcomeWords(outcome: string): { tone: Tone; label: string } {
  const known = Object.entries(stateWords).find(([state]) => state === outcome)?.[1]
  return known ? { tone: known.tone, label: known.label() } : { tone: 'muted', label: outcome }
}
