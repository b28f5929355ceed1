import { expect, test } from 'vitest'
import { around } from './slots'

test('a place is shown with the words around it', () => {
  const text = 'Hello {{1}},\nyour order {{2}} leaves our warehouse on {{3}} and comes soon.'
  expect(around(text, '1')).toBe('Hello ___, your order … leaves…')
  expect(around(text, '2')).toBe('Hello …, your order ___ leaves our warehouse…')
  expect(around('{{1}}', '1')).toBeUndefined()
  expect(around('Hello', '1')).toBeUndefined()
  expect(around('Your code: {{code}}', 'code')).toBe('Your code: ___')
})
