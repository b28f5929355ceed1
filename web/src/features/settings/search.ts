/** What the URLs of the settings say beside their path: what is looked for, and what of it is left out. */
export interface SectionSearch {
  search?: string
  account?: string
  language?: string
  status?: string
  quality?: string
  category?: string
}

const names = ['search', 'account', 'language', 'status', 'quality', 'category'] as const

export function parseSectionSearch(said: Record<string, unknown>): SectionSearch {
  const found: SectionSearch = {}
  for (const name of names) {
    const value = said[name]
    // The router reads a search for 1234 as a number.
    if (value || value === 0) found[name] = String(value)
  }
  return found
}

export interface ItemSearch {
  /** What a new account starts with: the ledger knows the number that nobody has yet. */
  phone_number_id?: string
  /** Which of a template's languages is looked at. */
  language?: string
}

export function parseItemSearch({ phone_number_id: number, language }: Record<string, unknown>): ItemSearch {
  return {
    ...(/^\d{1,32}$/.test(String(number)) && { phone_number_id: String(number) }),
    ...(typeof language === 'string' && { language }),
  }
}
