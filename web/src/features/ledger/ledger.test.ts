import { renderHook } from '@testing-library/react'
import { expect, test } from 'vitest'
import { pieces, pretty } from './json'
import { remedyFor } from './remedy'
import { parseLedgerSearch } from './search'
import { useNewAbove } from './useNewAbove'

test('a payload is indented without touching what it says', () => {
  expect(pretty('{"a":[1,{"b":"x:,{}"}],"c":{},"d":[]}')).toBe(
    '{\n  "a": [\n    1,\n    {\n      "b": "x:,{}"\n    }\n  ],\n  "c": {},\n  "d": []\n}',
  )
  // Too long for a number of JavaScript's: it must not be rounded.
  expect(pretty('{"id":12345678901234567890}')).toContain('12345678901234567890')
  expect(pretty('<html>')).toBe('<html>')
  expect(pretty('')).toBe('')
})

test('the coloured pieces are the text, each of its kind', () => {
  const text = pretty('{"id":"a\\"b","n":-1.5e3,"ok":true,"none":null}')
  const found = pieces(text)
  expect(found.map(piece => piece.text).join('')).toBe(text)
  expect(
    found.filter(({ kind }) => kind !== 'plain').map(({ kind, text: part }) => `${kind} ${part}`),
  ).toEqual([
    'key "id"',
    'string "a\\"b"',
    'key "n"',
    'number -1.5e3',
    'key "ok"',
    'word true',
    'key "none"',
    'word null',
  ])
})

test('a reason leads to its remedy', () => {
  expect(remedyFor('failed', 'unknown number: no account has phone number id 998877')).toEqual({
    kind: 'unknown_number',
    phoneNumberId: '998877',
  })
  expect(remedyFor('failed', 'unknown number: no account has phone number id ?')).toEqual({
    kind: 'unknown_number',
    phoneNumberId: null,
  })
  expect(remedyFor('failed', 'expected value at line 1 column 1').kind).toBe('malformed')
  expect(remedyFor('failed', 'the stored data is damaged').kind).toBe('ours')
  expect(remedyFor('ignored', 'it held no updates').kind).toBe('none')
})

test('a URL typed by hand is taken as far as it makes sense', () => {
  expect(parseLedgerSearch({ state: 'failed', account: 3 })).toEqual({ state: 'failed', account: 3 })
  expect(parseLedgerSearch({ state: 'broken', account: 'x' })).toEqual({})
})

test('what arrives waits above the edge; another filter begins anew', () => {
  const of = (...ids: number[]) => ids.map(id => ({ id }))
  const { result, rerender } = renderHook(({ items, key }) => useNewAbove(items, key), {
    initialProps: { items: of(), key: 'all' },
  })
  rerender({ items: of(2, 1), key: 'all' })
  expect(result.current.visible).toEqual(of(2, 1))
  rerender({ items: of(4, 3, 2, 1), key: 'all' })
  expect([result.current.visible, result.current.waiting]).toEqual([of(2, 1), 2])
  rerender({ items: of(4, 3), key: 'failed' })
  expect([result.current.visible, result.current.waiting]).toEqual([of(4, 3), 0])
})
