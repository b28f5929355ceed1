import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { isPatient, rules, wordsOf } from './rules'

const draft = readFileSync('../crates/domain/src/template/draft.rs', 'utf8')
// The rules of the domain by their codes, and those that only the desk can tell.
const [, listed = ''] = draft.match(/\bRule \{([\s\S]*?)\n {4}\}\n\}/) ?? []
const codes = [
  ...[...listed.matchAll(/= "(\w+)"/g)].map(([, code = '']) => code),
  ...['taken', 'category_fixed', 'no_app_id'],
]

test('every rule the server knows has words', () => {
  expect(codes.length).toBeGreaterThan(20)
  expect(Object.keys(rules).toSorted()).toEqual(codes.toSorted())
  for (const code of codes) expect(rules[code]?.()).toMatch(/\.$/)
})

test('a rule of a newer server is told in its own words', () => {
  const field = { name: 'body', code: 'too_clever', detail: 'too clever by half' }
  expect(wordsOf([field])).toEqual({ body: 'too clever by half' })
})

test('words that are still being written are left alone', () => {
  const field = (code: string) => ({ name: 'body', code, detail: '' })
  expect(isPatient(field('variable_at_edge'))).toBe(true)
  expect(isPatient(field('too_long'))).toBe(false)
})
