// A payload as text in pieces, each of one kind, so that it can be coloured without a library and without HTML.

export type Kind = 'key' | 'string' | 'number' | 'word' | 'plain'

export interface Piece {
  kind: Kind
  text: string
}

/** Above this, colours cost more than they help. */
const longest = 200_000

const token = /("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|\b(true|false|null)\b/g

/** Indented when it is JSON, as it came otherwise. */
export function pretty(body: string): string {
  try {
    return exact(body)
  } catch {
    return body
  }
}

/** Parsing would round long numbers, and ids are long: only the white space is ours. */
function exact(body: string): string {
  JSON.parse(body)
  const out: string[] = []
  let depth = 0
  let before = ''
  for (const [part] of body.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g)) {
    const closes = part === '}' || part === ']'
    const opened = before === '{' || before === '['
    if (closes) depth -= 1
    // Empty brackets stay together.
    if (opened !== closes || before === ',') out.push(`\n${'  '.repeat(depth)}`)
    out.push(part === ':' ? ': ' : part)
    if (part === '{' || part === '[') depth += 1
    before = part
  }
  return out.join('')
}

export function pieces(text: string): Piece[] {
  if (text.length > longest) return [{ kind: 'plain', text }]
  const out: Piece[] = []
  let end = 0
  for (const match of text.matchAll(token)) {
    const [whole, string, colon, number] = match
    if (match.index > end) out.push({ kind: 'plain', text: text.slice(end, match.index) })
    if (string !== undefined) {
      out.push({ kind: colon ? 'key' : 'string', text: string })
      if (colon) out.push({ kind: 'plain', text: colon })
    } else out.push({ kind: number === undefined ? 'word' : 'number', text: whole })
    end = match.index + whole.length
  }
  if (end < text.length) out.push({ kind: 'plain', text: text.slice(end) })
  return out
}
