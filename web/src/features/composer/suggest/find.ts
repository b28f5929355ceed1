// Which suggestions fit what was typed, the best first. Pure; among equals the order they came in is kept, which is
// what was used lately first.
import { folded } from '@/lib/search'

interface Found<T> {
  one: T
  rank: number
}

/** The texts of one suggestion: a short name that is typed, a title, and what it says. */
export interface Words {
  short: string | null
  title: string
  text?: string
}

export function find<T>(all: readonly T[], query: string, words: (one: T) => Words, atMost = 50): T[] {
  const wanted = folded(query.trim())
  const found: Found<T>[] = []
  for (const one of all) {
    const rank = rankOf(words(one), wanted)
    if (rank !== null) found.push({ one, rank })
  }
  return found
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, atMost)
    .map(({ one }) => one)
}

function rankOf({ short, title, text }: Words, wanted: string): number | null {
  if (!wanted) return 0
  const name = folded(short ?? '')
  const heading = folded(title)
  if (name === wanted) return 0
  if (name.startsWith(wanted)) return 1
  if (heading.startsWith(wanted)) return 2
  const parts = wanted.split(/\s+/)
  if (parts.every(part => heading.split(/\s+/).some(word => word.startsWith(part)))) return 3
  if (parts.every(part => heading.includes(part))) return 4
  return text !== undefined && parts.every(part => folded(text).includes(part)) ? 5 : null
}
