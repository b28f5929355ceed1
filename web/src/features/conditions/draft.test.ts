import { describe, expect, test } from 'vitest'
import type { Expression } from '@/api/keys'
import { contactField } from '@/test/fixtures'
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

const own = (['text', 'select', 'number', 'switch', 'date_time', 'url'] as const).map(kind =>
  contactField({ key: kind, name: `a ${kind}`, kind }),
)
const gone = contactField({ key: 'gone', name: 'Town', archived: true })

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
    {
      any: [
        { field: 'contact.fields.text', op: 'starts_with', value: 'san' },
        { field: 'contact.fields.url', op: 'empty' },
        { field: 'contact.fields.select', op: 'none_of', value: ['Gold +'] },
        { field: 'contact.fields.number', op: 'between', value: [-0.5, 12.25] },
        { field: 'contact.fields.switch', op: 'is', value: false },
        { field: 'contact.fields.date_time', op: 'last_days', value: 30 },
        { field: 'contact.fields.gone', op: 'is', value: 'Turin' },
      ],
    },
  ])('is shown again as it was asked: %j', expression => {
    expect(written(draftOf(expression, [...own, gone], 'interaction'), [...own, gone])).toEqual({
      expression,
    })
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
      { field: 'contact.fields.number', op: 'is', text: '1e3' },
      { field: 'contact.fields.select', op: 'any_of', chosen: [] },
    ]
    for (const one of wrong) {
      const condition = { ...newCondition(one.field ?? 'id', own), ...one }
      expect(written(newGroup('all', [condition]), own)).toEqual({ unfinished: new Set([condition.id]) })
    }
  })

  test('a single condition and one typed by hand are read as far as they make sense', () => {
    expect(written(draftOf({ field: 'unread', op: 'is', value: true }, own, 'interaction'), own)).toEqual({
      expression: { all: [{ field: 'unread', op: 'is', value: true }] },
    })
    const odd = {
      all: [
        { field: 'colour', op: 'is' },
        { field: 'contact.fields.colour', op: 'empty' },
        { any: [] },
        { field: 'agent', op: 'empty' },
      ],
    }
    expect(written(draftOf(odd, own, 'interaction'), own)).toEqual({
      expression: { all: [{ field: 'agent', op: 'empty' }] },
    })
    expect(draftOf(undefined, own, 'interaction').members).toHaveLength(1)
  })

  test('members are changed where they stand, and a group without any goes', () => {
    const inner = newCondition('id')
    const root = newGroup('all', [newCondition('customer'), newGroup('any', [inner])])
    const changed = change(root, inner.id, one => (isGroup(one) ? one : withField(one, 'unmanaged', own)))
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
  lists: [],
  about: 'interaction',
  own: [...own, gone],
}

test.each(['interaction', 'contact'] as const)('everything that can be asked of %s has words', about => {
  const names = fieldNames(sources.own, 'contact.fields.gone', about)
  expect(names).toHaveLength(fieldNames([], 'id', about).length + own.length + 1)
  for (const field of names) {
    expect(fieldWords(field, sources)).not.toContain('field')
    for (const op of opsOf(field, sources.own)) {
      expect(opWords(field, op, sources)).not.toContain('advanced_op')
    }
    expect(sources[fieldOf(field, sources.own).source ?? 'tags']).toBeDefined()
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
      { field: 'contact.fields.number', op: 'between', value: [-0.5, 12.25] },
      { field: 'contact.fields.select', op: 'any_of', value: ['Gold', 'Silver'] },
      { field: 'contact.fields.gone', op: 'contains', value: 'tur' },
    ],
  }
  expect(words(expression, sources)).toBe(
    'Contact has the words “maria” and (Agent any of Me, Marta, #99 or Tags is empty or not: Unread) and Started in the last 7 days and a number between -0.5 – 12.25 and a select any of Gold, Silver and Town (archived) contains “tur”',
  )
})
