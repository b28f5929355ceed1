// WhatsApp's formatting as React nodes: *bold*, _italic_, ~struck~, ```mono```, `code` and links. Nothing here ever
// makes HTML out of a string, so a customer's text cannot become markup.
import { Fragment, type ReactNode } from 'react'

export type Segment =
  | { kind: 'text'; text: string }
  | { kind: 'link'; text: string; href: string }
  | { kind: 'mono' | 'code'; text: string }
  | { kind: 'bold' | 'italic' | 'strike'; parts: Segment[] }

const wraps = { '*': 'bold', _: 'italic', '~': 'strike' } as const
const links = /\bhttps?:\/\/[^\s<>"'`]+[^\s<>"'`.,;:!?)\]}*_~]/giu

const linkHere = new RegExp(links.source, 'iuy')

export function parse(text: string): Segment[] {
  const out: Segment[] = []
  let plain = ''
  let at = 0
  const flush = () => {
    if (plain) out.push(...withLinks(plain))
    plain = ''
  }
  while (at < text.length) {
    const found = marked(text, at)
    if (found) {
      flush()
      out.push(found.segment)
      at = found.end
      continue
    }
    // A link is taken whole: its underscores are no formatting.
    linkHere.lastIndex = at
    const length = linkHere.exec(text)?.[0].length ?? 1
    plain += text.slice(at, at + length)
    at += length
  }
  flush()
  return out
}

/** Whether a preview of the formatting would differ from the text. */
export function hasFormatting(text: string): boolean {
  return parse(text).some(segment => segment.kind !== 'text' && segment.kind !== 'link')
}

/** The text without its marks, for previews in lists. */
export function plainText(text: string): string {
  const strip = (segments: Segment[]): string =>
    segments.map(segment => ('parts' in segment ? strip(segment.parts) : segment.text)).join('')
  return strip(parse(text))
}

export function Formatted({ text }: { text: string }): ReactNode {
  return draw(parse(text))
}

export function initials(name: string): string {
  const words = name.split(/[\s._-]+/u).filter(word => /[\p{L}\p{N}]/u.test(word))
  const first = words[0]
  if (!first) return '?'
  const last = words.length > 1 ? (words.at(-1) ?? '') : ''
  // A number says nothing by its first digit.
  if (/^\+?\d/.test(first)) return '#'
  return (letter(first) + letter(last)).toLocaleUpperCase()
}

function letter(word: string): string {
  return /[\p{L}\p{N}]/u.exec(word)?.[0] ?? ''
}

function marked(text: string, at: number): { segment: Segment; end: number } | null {
  if (text.startsWith('```', at)) {
    const close = text.indexOf('```', at + 3)
    if (close <= at + 3) return null
    return { segment: { kind: 'mono', text: text.slice(at + 3, close) }, end: close + 3 }
  }
  const mark = text[at] ?? ''
  if (mark !== '`' && !(mark in wraps)) return null
  if (isWordLike(text[at - 1])) return null
  const close = closing(text, at, mark)
  if (close === -1) return null
  const inner = text.slice(at + 1, close)
  if (mark === '`') return { segment: { kind: 'code', text: inner }, end: close + 1 }
  return { segment: { kind: wraps[mark as keyof typeof wraps], parts: parse(inner) }, end: close + 1 }
}

/** The mark must hug its words and end them, on the same line: 2 * 3 * 4 is a sum. */
function closing(text: string, at: number, mark: string): number {
  if (/\s/.test(text[at + 1] ?? ' ')) return -1
  for (let end = at + 2; end < text.length; end++) {
    const letter = text[end]
    if (letter === '\n') return -1
    if (letter === mark && !/\s/.test(text[end - 1] ?? '') && !isWordLike(text[end + 1])) return end
  }
  return -1
}

function isWordLike(letter: string | undefined): boolean {
  return letter !== undefined && /[\p{L}\p{N}]/u.test(letter)
}

function withLinks(text: string): Segment[] {
  const out: Segment[] = []
  let at = 0
  for (const match of text.matchAll(links)) {
    if (match.index > at) out.push({ kind: 'text', text: text.slice(at, match.index) })
    out.push({ kind: 'link', text: match[0], href: match[0] })
    at = match.index + match[0].length
  }
  if (at < text.length) out.push({ kind: 'text', text: text.slice(at) })
  return out
}

function draw(segments: Segment[]): ReactNode {
  return segments.map((segment, index) => {
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text have no other identity
    return <Fragment key={index}>{drawOne(segment)}</Fragment>
  })
}

function drawOne(segment: Segment): ReactNode {
  switch (segment.kind) {
    case 'text':
      return segment.text
    case 'link':
      return (
        <a href={segment.href} target="_blank" rel="noreferrer noopener">
          {segment.text}
        </a>
      )
    case 'mono':
    case 'code':
      return <code>{segment.text}</code>
    case 'bold':
      return <strong>{draw(segment.parts)}</strong>
    case 'italic':
      return <em>{draw(segment.parts)}</em>
    case 'strike':
      return <s>{draw(segment.parts)}</s>
  }
}
