/** What the URLs of the settings say beside their path. */
export interface SectionSearch {
  search?: string
}

export function parseSectionSearch({ search }: Record<string, unknown>): SectionSearch {
  // The router reads a search for 1234 as a number.
  return search || search === 0 ? { search: String(search) } : {}
}

/** What a new account starts with: the ledger knows the number that nobody has yet. */
export interface ItemSearch {
  phone_number_id?: string
}

export function parseItemSearch({ phone_number_id: number }: Record<string, unknown>): ItemSearch {
  return /^\d{1,32}$/.test(String(number)) ? { phone_number_id: String(number) } : {}
}
