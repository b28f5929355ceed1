// The codes of routing in words; a code that is new to this desktop shows itself.
import type { Decision, Strategy } from '@/api/types'
import { locale } from '@/i18n'
import { m } from '@/i18n/pages'

const strategies: Record<Strategy, () => string> = {
  beep_all: () => m.sidebar_strategy_beep_all(),
  round_robin: () => m.sidebar_strategy_round_robin(),
  least_recent: () => m.sidebar_strategy_least_recent(),
  fewest_open: () => m.sidebar_strategy_fewest_open(),
}

const ties: Record<string, () => string> = {
  all: () => m.sidebar_tie_all(),
  next_in_order: () => m.sidebar_tie_next_in_order(),
  longest_idle: () => m.sidebar_tie_longest_idle(),
  fewest_open: () => m.sidebar_tie_fewest_open(),
  last_agent: () => m.sidebar_tie_last_agent(),
}

const reasons: Record<string, () => string> = {
  offline: () => m.sidebar_skip_offline(),
  paused: () => m.sidebar_skip_paused(),
  at_capacity: () => m.sidebar_skip_at_capacity(),
  not_on_account: () => m.sidebar_skip_not_on_account(),
  asked_recently: () => m.sidebar_skip_asked_recently(),
  has_offer: () => m.sidebar_skip_has_offer(),
  wrap_up: () => m.sidebar_skip_wrap_up(),
  after_others: () => m.sidebar_skip_after_others(),
  blocked: () => m.sidebar_skip_blocked(),
}

export function strategyWords(strategy: Strategy): string {
  return strategies[strategy]?.() ?? strategy
}

export function tieWords(code: string): string {
  return ties[code]?.() ?? code
}

/** "Luca and Tom: paused": each reason once. */
export function skippedByReason(skipped: Decision['skipped']): { reason: string; names: string }[] {
  const byCode = new Map<string, string[]>()
  for (const { code, user } of skipped) byCode.set(code, [...(byCode.get(code) ?? []), user.name])
  const list = new Intl.ListFormat(locale())
  return [...byCode].map(([code, names]) => ({
    reason: reasons[code]?.() ?? code,
    names: list.format(names),
  }))
}
