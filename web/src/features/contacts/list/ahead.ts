import type { QueryClient } from '@tanstack/react-query'

/** The row knows what the card shows first; the page alone has to come. */
export function askAhead(_client: QueryClient, _id: number): void {
  void import('@/features/contacts/card/CardPage').catch(() => {})
}
