import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { find } from './find'
import { mentionedIn, piecesOf } from './mentions'
import { gapsIn, tokensIn } from './tokens'
import { triggerAt } from './trigger'

const at = (text: string, isNote = false) => {
  const found = triggerAt(text, text.length, isNote)
  return found && `${found.kind}:${found.query}`
}

test('a slash at the beginning of a word opens the canned answers', () => {
  expect(at('/')).toBe('canned:')
  expect(at('Hello /ret')).toBe('canned:ret')
  expect(at('Hello\n/opening hours')).toBe('canned:opening hours')
  expect(at('(/x')).toBe('canned:x')
  for (const text of ['', 'and/or', 'https://example.com/x', '/ ', '/a\n', `/${'x'.repeat(50)}`]) {
    expect(at(text), text).toBeNull()
  }
})

test('an at sign opens colleagues, and only in a note', () => {
  expect(at('@mar', true)).toBe('colleague:mar')
  expect(at('ask @Marta Bi', true)).toBe('colleague:Marta Bi')
  expect(at('@mar')).toBeNull()
  expect(at('marta@example', true)).toBeNull()
  // Of two the nearer one counts.
  expect(at('@Marta /ret', true)).toBe('canned:ret')
})

test('the shortcut comes first, then the title, then what it says; among equals the order stays', () => {
  const all = [
    { short: null, title: 'Opening hours', text: 'From nine to six.' },
    { short: 'returns', title: 'Send it back', text: 'Within 30 days.' },
    { short: null, title: 'Retürn by post', text: 'The label is inside.' },
    { short: 're', title: 'Regards', text: 'Best' },
    { short: null, title: 'Delivery', text: 'We return your call.' },
  ]
  const titles = (query: string) => find(all, query, one => one).map(({ title }) => title)
  expect(titles('')).toEqual(all.map(({ title }) => title))
  expect(titles('re')).toEqual(['Regards', 'Send it back', 'Retürn by post', 'Delivery'])
  expect(titles('RETUR')).toEqual(['Send it back', 'Retürn by post', 'Delivery'])
  expect(titles('ho op')).toEqual(['Opening hours'])
  expect(titles('nothing')).toEqual([])
})

test('placeholders are found as the server finds them', () => {
  const cases = JSON.parse(readFileSync('../crates/domain/tests/placeholders.json', 'utf8')) as {
    text: string
    found: [string, boolean][]
  }[]
  expect(cases.length).toBeGreaterThan(10)
  for (const { text, found } of cases) {
    expect(
      tokensIn(text).map(({ name, hasFallback }) => [name, hasFallback]),
      text,
    ).toEqual(found)
  }
})

test('a gap is a known name that has neither value nor fallback', () => {
  const known = [
    { name: 'contact.company', value: null },
    { name: 'contact.name', value: '•••' },
  ]
  const text = '{{contact.name}} {{contact.company}} {{contact.company|}} {{some.thing}}'
  expect(gapsIn(text, known).map(({ from, to }) => text.slice(from, to))).toEqual(['{{contact.company}}'])
})

test('who is mentioned is who is still named', () => {
  const ann = { id: 1, name: 'Ann' }
  const lee = { id: 2, name: 'Ann Lee' }
  expect(mentionedIn('@Ann Lee look', [lee, lee])).toEqual([lee])
  expect(mentionedIn('never mind', [ann])).toEqual([])
  expect(piecesOf('ask @Ann Lee (or @Ann)', ['Ann', 'Ann Lee']).filter(one => one.isMention)).toEqual([
    { text: '@Ann Lee', isMention: true },
    { text: '@Ann', isMention: true },
  ])
  expect(piecesOf('x', [])).toEqual([{ text: 'x', isMention: false }])
})
