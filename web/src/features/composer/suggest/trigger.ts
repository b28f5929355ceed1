// What opens the list of suggestions while one writes: "/" for canned answers, "@" in a note for colleagues. Pure.

export interface Trigger {
  kind: 'canned' | 'colleague'
  /** Where the sign stands. */
  from: number
  /** Where what was typed after it ends: the caret. */
  to: number
  query: string
}

const signs = { '/': 'canned', '@': 'colleague' } as const
/** Titles and names have blanks; a sentence is longer than any of them. */
const longest = 40

/** The sign begins the text or a word, and the caret stands behind it with nothing but a search in between. */
export function triggerAt(text: string, caret: number, isNote: boolean): Trigger | null {
  for (let at = caret - 1; at >= 0 && at >= caret - longest; at--) {
    const letter = text[at]
    if (letter === '\n') return null
    if (letter !== '/' && letter !== '@') continue
    const query = text.slice(at + 1, caret)
    if (!startsWord(text[at - 1]) || /^\s/.test(query)) continue
    const kind = signs[letter]
    if (kind === 'colleague' && !isNote) continue
    return { kind, from: at, to: caret, query }
  }
  return null
}

function startsWord(before: string | undefined): boolean {
  return before === undefined || /[\s([{«"“]/u.test(before)
}
