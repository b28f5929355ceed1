// Colleagues named in a note. Pure.

export interface Mention {
  id: number
  name: string
}

/** Of those that were chosen, the ones whose name still stands in the text. */
export function mentionedIn(text: string, chosen: readonly Mention[]): Mention[] {
  const seen = new Set<number>()
  return chosen.filter(({ id, name }) => {
    if (seen.has(id) || !text.includes(`@${name}`)) return false
    seen.add(id)
    return true
  })
}

export type Piece = { text: string; isMention: boolean }

/** The text cut where somebody is named; longer names first, so that Ann Lee is not taken for Ann. */
export function piecesOf(text: string, names: readonly string[]): Piece[] {
  const signs = names.filter(Boolean).toSorted((a, b) => b.length - a.length)
  if (signs.length === 0) return [{ text, isMention: false }]
  const escaped = signs.map(name => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return text
    .split(new RegExp(`(@(?:${escaped.join('|')}))`, 'u'))
    .map((part, index) => ({ text: part, isMention: index % 2 === 1 }))
    .filter(part => part.text !== '')
}
