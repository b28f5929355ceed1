import { expect, test } from 'vitest'
import { ApiProblem } from '@/api/problem'
import { conditionsAt, hiddenIn, without } from './hidden'

const card = { field: 'contact.fields.card', op: 'is', value: 'C-77' }
const open = { field: 'status', op: 'any_of', value: ['active'] }
const refused = (...names: string[]) =>
  new ApiProblem({
    type: 'about:blank',
    title: '',
    detail: '',
    status: 422,
    code: 'invalid',
    params: {},
    fields: names.map(name => ({ name, code: 'masked', detail: '' })),
  })

test('what is hidden is named and taken out, and nothing else', () => {
  const search = { all: [open, { any: [card, open] }, { any: [card] }] }
  const places = hiddenIn(refused('expression.all[1].any[0].field', 'expression.all[2].any[0].field'))
  expect(places).toEqual(['1.0', '2.0'])
  expect(conditionsAt(search, places)).toEqual([card, card])
  expect(without(search, places)).toEqual({ all: [open, { any: [open] }] })
  expect(without(card, hiddenIn(refused('expression.field')))).toBeUndefined()
})

test('what is refused for another reason is not', () => {
  expect(hiddenIn(new Error('no'))).toEqual([])
  expect(hiddenIn(refused('tags'))).toEqual([])
})
