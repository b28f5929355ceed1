import type { Delivery } from '@/api/types'

/** What the URL of the ledger says. */
export interface LedgerSearch {
  state?: Delivery['state']
  account?: number
}

export const states: readonly Delivery['state'][] = ['failed', 'pending', 'applied', 'duplicate', 'ignored']

/** A URL may have been typed by hand: what makes no sense is left out. */
export function parseLedgerSearch({ state, account }: Record<string, unknown>): LedgerSearch {
  const out: LedgerSearch = {}
  const known = states.find(one => one === state)
  if (known) out.state = known
  if (typeof account === 'number' && Number.isSafeInteger(account) && account > 0) out.account = account
  return out
}
