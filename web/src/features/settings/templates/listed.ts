// What of an account's templates was looked at last, for the way back to them.
import type { SectionSearch } from '../search'

let last: SectionSearch = {}

export function remember(account: number, search: SectionSearch): void {
  last = { ...search, account: String(account) }
}

/** The list of an account as it was left. */
export function wayBack(account: number): SectionSearch {
  return last.account === String(account) ? last : { account: String(account) }
}
