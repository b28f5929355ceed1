// Variables in the text of a template: `{{1}}`, or `{{name}}` where they are named. Pure.

const variable = /\{\{([A-Za-z0-9_.]+)\}\}/g

/** Each once: numbered ones by their number, named ones as they stand. */
export function variablesOf(text: string): string[] {
  const found = [...new Set([...text.matchAll(variable)].map(match => match[1] ?? ''))]
  return found.every(name => /^\d+$/.test(name)) ? found.toSorted((a, b) => Number(a) - Number(b)) : found
}

/** What the next one is called. */
export function nextVariable(text: string, named: boolean): string {
  const known = new Set(variablesOf(text))
  for (let number = 1; ; number += 1) {
    const name = named ? `name_${number}` : String(number)
    if (!known.has(name)) return name
  }
}

export interface Edited {
  text: string
  /** Where the caret belongs then. */
  caret: number
}

/** With a variable where the selection is, set apart from the words around it. */
export function withVariable(text: string, from: number, to: number, named: boolean): Edited {
  const before = text.slice(0, from)
  const after = text.slice(to)
  const left = before !== '' && !/\s$/.test(before) ? ' ' : ''
  const right = after !== '' && !/^[\s.,;:!?)]/.test(after) ? ' ' : ''
  const put = `${left}{{${nextVariable(before + after, named)}}}${right}`
  return { text: before + put + after, caret: before.length + put.length }
}

/** With the selection between two signs, as WhatsApp writes bold and italic. */
export function wrapped(text: string, from: number, to: number, sign: string): Edited {
  const inside = text.slice(from, to)
  const put = `${sign}${inside}${sign}`
  const caret = inside === '' ? from + sign.length : from + put.length
  return { text: text.slice(0, from) + put + text.slice(to), caret }
}
