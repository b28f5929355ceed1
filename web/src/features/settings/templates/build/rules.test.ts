import { expect, test } from 'vitest'
import { isPatient, rules, wordsOf } from './rules'

const codes = [
  ...['required', 'too_long', 'format', 'unknown', 'taken', 'name_letters', 'category_fixed', 'header_plain'],
  ...[
    'variable_at_edge',
    'variables_adjacent',
    'variables_too_many',
    'variables_numbering',
    'variables_names',
  ],
  ...['variables_braces', 'variables_one', 'variable_not_allowed', 'variable_not_at_end', 'buttons_too_many'],
  ...[
    'buttons_scattered',
    'buttons_urls',
    'buttons_phones',
    'buttons_codes',
    'buttons_alike',
    'not_made_here',
  ],
  ...['not_a_link', 'not_a_number', 'sample_type', 'no_app_id'],
]

test('every rule the server knows has words', () => {
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
