// Prices come as the provider's decimal text; sums are made in whole hundredths, so that no cent is lost.
import type { Content } from '@/api/types'
import { region } from '@/i18n'

type Item = Extract<Content, { type: 'order' }>['items'][number]

/** A total for each currency in the order. */
export function totals(items: readonly Item[]): { currency: string; total: number }[] {
  const sums = new Map<string, number>()
  for (const { currency, price, quantity } of items) {
    const hundredths = Math.round(Number(price) * 100) * quantity
    if (Number.isFinite(hundredths)) sums.set(currency, (sums.get(currency) ?? 0) + hundredths)
  }
  return [...sums].map(([currency, hundredths]) => ({ currency, total: hundredths / 100 }))
}

export function money(amount: number | string, currency: string): string {
  const value = Number(amount)
  try {
    if (Number.isFinite(value))
      return new Intl.NumberFormat(region(), { style: 'currency', currency }).format(value)
  } catch {
    // Not a currency that anybody knows.
  }
  return `${amount} ${currency}`.trim()
}
