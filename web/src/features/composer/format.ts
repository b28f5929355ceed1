// WhatsApp's marks around what is selected. Pure: what the text and the selection become.
export interface Selected {
  text: string
  start: number
  end: number
}

export type Mark = '*' | '_' | '~' | '```'

/** Puts the mark around the selection, or takes it off when it is there already. The marks hug the words. */
export function wrap({ text, start, end }: Selected, mark: Mark): Selected {
  const size = mark.length
  const chosen = text.slice(start, end)
  const lead = chosen.length - chosen.trimStart().length
  const trail = chosen.trim() === '' ? 0 : chosen.length - chosen.trimEnd().length
  const from = chosen.trim() === '' ? start : start + lead
  const to = end - trail
  const inner = text.slice(from, to)
  if (inner.length > 2 * size && inner.startsWith(mark) && inner.endsWith(mark)) {
    const bare = inner.slice(size, -size)
    return { text: splice(text, from, to, bare), start: from, end: from + bare.length }
  }
  const isInside = text.slice(from - size, from) === mark && text.slice(to, to + size) === mark
  if (isInside) {
    return { text: splice(text, from - size, to + size, inner), start: from - size, end: to - size }
  }
  return { text: splice(text, from, to, mark + inner + mark), start: from + size, end: to + size }
}

function splice(text: string, from: number, to: number, inner: string): string {
  return text.slice(0, from) + inner + text.slice(to)
}

/** What WhatsApp takes in one message. */
export const textLimit = 4096

/** Characters as the server counts them: an emoji beyond the first plane is one, not two. */
export function characters(text: string): number {
  let count = text.length
  for (let at = 0; at < text.length - 1; at++) {
    const high = text.charCodeAt(at)
    if (high < 0xd800 || high > 0xdbff) continue
    const low = text.charCodeAt(at + 1)
    if (low >= 0xdc00 && low <= 0xdfff) {
      count--
      at++
    }
  }
  return count
}
