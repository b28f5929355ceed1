// The desktop's own words, so that a story finds things by the name a person reads, in any language.
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'

type Match = { selectors: string[]; match: Record<string, string> }
type Entry = string | Match[]
type Params = Record<string, string | number>

export type Language = 'en' | 'it'

export class Words {
  private readonly entries: Record<string, Entry>
  private readonly plural: Intl.PluralRules

  constructor(language: Language) {
    // Some are only for administrators, some come later: each has a folder of its own.
    const folder = new URL('../../web/messages/', import.meta.url).pathname
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
      file => basename(file) === `${language}.json`,
    )
    this.entries = Object.assign(
      {},
      ...files.map(file => JSON.parse(readFileSync(join(folder, file), 'utf8'))),
    )
    this.plural = new Intl.PluralRules(language)
  }

  /** A message by its key, with its parameters filled in. */
  say(key: string, params: Params = {}): string {
    const entry = this.entries[key]
    if (entry === undefined) throw new Error(`there is no message ${key}`)
    const text = typeof entry === 'string' ? entry : this.choose(key, entry, params)
    return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
      if (!(name in params)) throw new Error(`${key} needs ${name}`)
      return String(params[name])
    })
  }

  /** A message with anything in the places of its parameters. */
  like(key: string, params: Params = {}): RegExp {
    const entry = this.entries[key]
    if (entry === undefined) throw new Error(`there is no message ${key}`)
    const texts = typeof entry === 'string' ? [entry] : entry.flatMap(one => Object.values(one.match))
    const patterns = texts.map(text =>
      text
        .split(/(\{\w+\})/)
        .map(part => {
          const name = /^\{(\w+)\}$/.exec(part)?.[1]
          if (name === undefined) return escaped(part)
          return name in params ? escaped(String(params[name])) : '.*?'
        })
        .join(''),
    )
    return new RegExp(`^(?:${patterns.join('|')})$`)
  }

  private choose(key: string, entry: Match[], params: Params): string {
    const match = entry[0]?.match ?? {}
    const count = Number(Object.values(params).find(value => typeof value === 'number'))
    const category = this.plural.select(count)
    const found =
      Object.entries(match).find(([rule]) => rule.endsWith(`=${category}`)) ?? Object.entries(match).at(-1)
    if (!found) throw new Error(`${key} says nothing`)
    return found[1]
  }
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

export const en = new Words('en')
export const it = new Words('it')
