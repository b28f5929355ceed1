// Placeholders that are still in a text. What they mean and what fills them, the server decides; here they are only
// found, by the grammar of `domain::placeholder`. Both are tested with crates/domain/tests/placeholders.json.

export interface Token {
  name: string
  hasFallback: boolean
  from: number
  to: number
}

const grammar = /\{\{([^{}\r\n]*)\}\}/g
const name = /^[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)*$/

export function tokensIn(text: string): Token[] {
  if (!text.includes('{{')) return []
  return [...text.matchAll(grammar)].flatMap(match => {
    const [whole, inner = ''] = match
    const bar = inner.indexOf('|')
    const called = (bar < 0 ? inner : inner.slice(0, bar)).trim()
    if (!name.test(called)) return []
    return [{ name: called, hasFallback: bar >= 0, from: match.index, to: match.index + whole.length }]
  })
}

/** Those that the server would refuse: a known name without a value here, and without a fallback. */
export function gapsIn(text: string, known: readonly { name: string; value?: string | null }[]): Token[] {
  return tokensIn(text).filter(
    token => !token.hasFallback && known.some(one => one.name === token.name && (one.value ?? null) === null),
  )
}
