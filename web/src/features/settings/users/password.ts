// The rules of a password, as the server has them, and a generator that keeps to them. Pure but for the randomness
// it is given.
import { m } from '@/i18n/admin'

export interface Rule {
  label: () => string
  isMet: (password: string) => boolean
}

export const rules: readonly Rule[] = [
  { label: () => m.settings_rule_length(), isMet: password => [...password].length >= 8 },
  { label: () => m.settings_rule_lower(), isMet: password => /\p{Ll}/u.test(password) },
  { label: () => m.settings_rule_upper(), isMet: password => /\p{Lu}/u.test(password) },
  { label: () => m.settings_rule_digit(), isMet: password => /\p{N}/u.test(password) },
  { label: () => m.settings_rule_sign(), isMet: password => /[^\p{L}\p{N}]/u.test(password) },
]

export function isGood(password: string): boolean {
  return rules.every(rule => rule.isMet(password))
}

// Without what is misread when a password is told over the phone: l 1 I, O 0.
const classes = ['abcdefghijkmnopqrstuvwxyz', 'ABCDEFGHJKLMNPQRSTUVWXYZ', '23456789', '!#%+-=?@']
const length = 16

/** `below(n)` answers a whole number from 0 to n - 1. */
export function makePassword(below: (limit: number) => number = randomBelow): string {
  const all = classes.join('')
  const letters = classes.map(set => charOf(set, below))
  while (letters.length < length) letters.push(charOf(all, below))
  // One of each class stands in front: shuffle.
  for (let index = letters.length - 1; index > 0; index--) {
    const other = below(index + 1)
    const moved = letters[index] ?? ''
    letters[index] = letters[other] ?? ''
    letters[other] = moved
  }
  return letters.join('')
}

function charOf(set: string, below: (limit: number) => number): string {
  return set.charAt(below(set.length))
}

function randomBelow(limit: number): number {
  // Thrown again where the rest of the division would favour the first ones.
  const end = 2 ** 32 - (2 ** 32 % limit)
  const drawn = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0
  return drawn < end ? drawn % limit : randomBelow(limit)
}
