import { render } from '@testing-library/react'
import { describe, expect, test } from 'vitest'
import { Formatted, hasFormatting, initials, plainText } from './text'

const html = (text: string) => render(<Formatted text={text} />).container.innerHTML

describe('formatting as WhatsApp does it', () => {
  test.each([
    ['*bold* and _italic_ and ~gone~', '<strong>bold</strong> and <em>italic</em> and <s>gone</s>'],
    ['*bold _and italic_*', '<strong>bold <em>and italic</em></strong>'],
    ['```x = *1*```', '<code>x = *1*</code>'],
    ['2 * 3 * 4', '2 * 3 * 4'],
    ['snake_case_name', 'snake_case_name'],
    ['*not\nacross lines*', '*not\nacross lines*'],
    ['* not bold*', '* not bold*'],
    ['(*yes*)!', '(<strong>yes</strong>)!'],
    ['**', '**'],
  ])('%s', (text, expected) => {
    expect(html(text)).toBe(expected)
  })

  test('links open elsewhere, with their underscores', () => {
    expect(html('see https://example.com/a_b_c.')).toBe(
      'see <a href="https://example.com/a_b_c" target="_blank" rel="noreferrer noopener">https://example.com/a_b_c</a>.',
    )
  })

  test('what a customer writes is never markup', () => {
    expect(html('*<img src=x onerror=alert(1)>* javascript:alert(1)')).toBe(
      '<strong>&lt;img src=x onerror=alert(1)&gt;</strong> javascript:alert(1)',
    )
  })

  test('thousands of marks take no time', () => {
    const start = performance.now()
    plainText('*a '.repeat(4_000))
    expect(performance.now() - start).toBeLessThan(2_000)
  })
})

test('previews', () => {
  expect(plainText('*Hi* _there_ ```now```')).toBe('Hi there now')
  expect(hasFormatting('plain https://example.com')).toBe(false)
  expect(hasFormatting('a *b*')).toBe(true)
})

test.each([
  ['Marta Rossi', 'MR'],
  ['Noor El Amrani', 'NA'],
  ['madonna', 'M'],
  ['+39 333 123', '#'],
  ['•••• 12', '#'],
  ['', '?'],
])('initials of %s', (name, expected) => {
  expect(initials(name)).toBe(expected)
})
