// Variables in the text of a template: `{{1}}`, or `{{name}}` where they are named. Pure.
import type { Selected } from '@/features/composer/format'

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

/** With other names for its variables. */
export function renamed(text: string, names: ReadonlyMap<string, string>): string {
  return text.replace(variable, (whole, name: string) => {
    const other = names.get(name)
    return other === undefined ? whole : `{{${other}}}`
  })
}

/** With a variable where the selection is, set apart from the words around it. A name is selected, to be typed over. */
export function withVariable(text: string, from: number, to: number, named: boolean): Selected {
  const before = text.slice(0, from)
  const after = text.slice(to)
  const left = before !== '' && !/\s$/.test(before) ? ' ' : ''
  const right = after !== '' && !/^[\s.,;:!?)]/.test(after) ? ' ' : ''
  const name = nextVariable(before + after, named)
  const put = `${left}{{${name}}}${right}`
  const at = before.length + left.length + 2
  const caret = before.length + put.length
  return {
    text: before + put + after,
    start: named ? at : caret,
    end: named ? at + name.length : caret,
  }
}
