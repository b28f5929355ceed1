import { expect, test } from 'vitest'
import { characters, type Mark, wrap } from './format'

/** "a [word] b": the selection stands in brackets. */
const selected = (text: string) => ({
  text: text.replace(/[[\]]/g, ''),
  start: text.indexOf('['),
  end: text.indexOf(']') - 1,
})
const marked = (text: string, mark: Mark = '*') => {
  const { text: out, start, end } = wrap(selected(text), mark)
  return `${out.slice(0, start)}[${out.slice(start, end)}]${out.slice(end)}`
}

test('the mark stands around the selection', () => {
  expect(marked('say [hello] now')).toBe('say *[hello]* now')
  expect(marked('say [hello] now', '```')).toBe('say ```[hello]``` now')
})

test('it hugs the words, for WhatsApp takes no blank after a mark', () => {
  expect(marked('say[ hello ]now')).toBe('say *[hello]* now')
})

test('with nothing selected one goes on between the marks', () => {
  expect(marked('say []')).toBe('say *[]*')
})

test('a second time it is taken off, from within or from around', () => {
  expect(marked('say *[hello]* now')).toBe('say [hello] now')
  expect(marked('say [*hello*] now')).toBe('say [hello] now')
})

test('characters are counted as WhatsApp and the server count them', () => {
  expect(characters('')).toBe(0)
  expect(characters('héllo')).toBe(5)
  expect(characters('👍')).toBe(1)
  expect(characters('👍🏽')).toBe(2)
  expect(characters('\ud83d')).toBe(1)
  expect(characters('a👨‍👩‍👧b')).toBe([...'a👨‍👩‍👧b'].length)
})
