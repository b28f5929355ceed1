import { describe, expect, test } from 'vitest'
import type { Expression } from '@/api/keys'
import {
  change,
  count,
  type DraftCondition,
  draftOf,
  isGroup,
  newCondition,
  newGroup,
  withField,
  written,
} from './draft'
import { fieldNames, fieldOf, opsOf } from './fields'
import { fieldWords, opWords, type Sources, words } from './words'

const day = (text: string) => new Date(`${text}T00:00:00`).toISOString()

describe('a search as it is put together', () => {
  test.each<Expression>([
    { all: [{ field: 'customer', op: 'contains', value: 'maria ros' }] },
    {
      any: [
        { field: 'status', op: 'none_of', value: ['closed', 'bot'] },
        {
          all: [
            { field: 'agent', op: 'any_of', value: ['me', 7] },
            {
              any: [
                { field: 'queue', op: 'empty' },
                { field: 'unmanaged', op: 'between', value: [1, 3] },
              ],
            },
          ],
        },
      ],
    },
    {
      all: [
        { field: 'started', op: 'between', value: [day('2026-03-01'), day('2026-03-04')] },
        { field: 'closed', op: 'before', value: day('2026-03-01') },
        { field: 'last_message', op: 'last_days', value: 7 },
        { field: 'unread', op: 'is', value: false },
        { field: 'id', op: 'is', value: 12 },
      ],
    },
  ])('is shown again as it was asked: %j', expression => {
    expect(written(draftOf(expression))).toEqual({ expression })
  })

  test('says which conditions are not complete', () => {
    const wrong: Partial<DraftCondition>[] = [
      { field: 'customer', op: 'is', text: ' ?! ' },
      { field: 'phone', op: 'is', text: 'Maria' },
      { field: 'id', op: 'is', text: '1.5' },
      { field: 'unmanaged', op: 'between', text: '3', until: '1' },
      { field: 'started', op: 'between', text: '2026-03-02', until: '2026-03-01' },
      { field: 'started', op: 'last_days', text: '0' },
      { field: 'status', op: 'any_of', chosen: [] },
    ]
    for (const one of wrong) {
      const condition = { ...newCondition(one.field), ...one }
      expect(written(newGroup('all', [condition]))).toEqual({ unfinished: new Set([condition.id]) })
    }
  })

  test('a single condition and one typed by hand are read as far as they make sense', () => {
    expect(written(draftOf({ field: 'unread', op: 'is', value: true }))).toEqual({
      expression: { all: [{ field: 'unread', op: 'is', value: true }] },
    })
    const odd = { all: [{ field: 'colour', op: 'is' }, { any: [] }, { field: 'agent', op: 'empty' }] }
    expect(written(draftOf(odd))).toEqual({ expression: { all: [{ field: 'agent', op: 'empty' }] } })
    expect(draftOf(undefined).members).toHaveLength(1)
  })

  test('members are changed where they stand, and a group without any goes', () => {
    const inner = newCondition('id')
    const root = newGroup('all', [newCondition(), newGroup('any', [inner])])
    const changed = change(root, inner.id, one => (isGroup(one) ? one : withField(one, 'unmanaged')))
    expect(count(changed)).toBe(2)
    expect(JSON.stringify(changed)).toContain('"field":"unmanaged"')
    expect(change(root, inner.id, () => null).members).toHaveLength(1)
  })
})

const sources: Sources = {
  accounts: [],
  agents: [{ id: 7, name: 'Marta' }],
  queues: [{ id: 2, name: 'Sales' }],
  tags: [{ id: 3, name: 'vip' }],
  dispositions: [],
}

test('everything that can be asked has words', () => {
  for (const field of fieldNames) {
    expect(fieldWords(field)).not.toContain('field_')
    for (const op of opsOf(field)) expect(opWords(field, op)).not.toContain('advanced_op')
    if (fieldOf(field).source) expect(sources[fieldOf(field).source ?? 'tags']).toBeDefined()
  }
})

test('a search in words, groups within it in brackets', () => {
  const expression: Expression = {
    all: [
      { field: 'customer', op: 'contains', value: 'maria' },
      {
        any: [
          { field: 'agent', op: 'any_of', value: ['me', 7, 99] },
          { field: 'tags', op: 'empty' },
          { field: 'unread', op: 'is', value: false },
        ],
      },
      { field: 'started', op: 'last_days', value: 7 },
    ],
  }
  expect(words(expression, sources)).toBe(
    'Contact has the words “maria” and (Agent any of Me, Marta, #99 or Tags is empty or not: Unread) and Started in the last 7 days',
  )
})
