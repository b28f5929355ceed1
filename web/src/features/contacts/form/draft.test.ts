import { expect, test } from 'vitest'
import { contact, contactField } from '@/test/fixtures'
import { blankDraft, bodyOf, draftOf, labelOf, misfitsOf, newBody, saidOf } from './draft'

const own = [
  contactField({ key: 'seats', name: 'Seats', kind: 'number' }),
  contactField({ key: 'vip', name: 'VIP', kind: 'switch' }),
  contactField({ key: 'plan', name: 'Plan', required: true }),
  contactField({ key: 'theirs', name: 'Theirs', list_id: 2 }),
]
const held = contact({
  first_name: 'Greta',
  phone: '+41 79 555 02 01',
  numbers: [{ kind: 'work', number: '+41 44 555 02 01' }],
  socials: { LinkedIn: 'greta' },
  tags: ['vip'],
  fields: { seats: 2.5, vip: true },
})

test('only what changed is sent, and what was emptied is null', () => {
  const draft = { ...draftOf(held, own), first_name: ' ', email: ' g@moser.example ', 'fields.seats': '' }
  const body = bodyOf(draft, ['first_name', 'email', 'fields.seats'], own)
  expect(body).toEqual({ first_name: null, email: 'g@moser.example', fields: { seats: null } })
})

test('lines without a number or a network are left out', () => {
  const draft = draftOf(held, own)
  draft.numbers = [...draft.numbers, { kind: 'home', number: ' ' }]
  draft.socials = [...draft.socials, { network: 'X', name: '' }]
  expect(bodyOf(draft, ['numbers', 'socials'], own)).toEqual({
    numbers: [{ kind: 'work', number: '+41 44 555 02 01' }],
    socials: { LinkedIn: 'greta' },
  })
})

test('of a new one nothing is said that is empty, and fields of other lists are not asked', () => {
  const draft = { ...blankDraft(1, { first_name: 'Greta' }), 'fields.plan': 'Gold', 'fields.theirs': 'x' }
  expect(newBody(draft, 1, own, false)).toEqual({
    first_name: 'Greta',
    fields: { plan: 'Gold' },
    list_id: 1,
    force: false,
  })
})

test('a name is needed, and what a field is asked for must be of its kind', () => {
  const draft = { ...blankDraft(1), 'fields.seats': 'many', 'fields.plan': '' }
  const wrong = misfitsOf(draft, own, ['first_name', 'fields.seats', 'fields.plan'])
  expect(Object.keys(wrong)).toEqual(['first_name', 'fields.seats', 'fields.plan'])
  // What was not touched is not held against whoever changes something else.
  expect(misfitsOf(draft, own, ['email'])).toEqual({})
})

test('every part has a name and is said in a line', () => {
  const draft = draftOf(held, own)
  expect(labelOf('fields.seats', own)).toBe('Seats')
  expect(saidOf(draft, 'fields.seats', own, [])).toBe('2.5')
  expect(saidOf(draft, 'fields.vip', own, [])).toBe('Yes')
  expect(saidOf(draft, 'numbers', own, [])).toBe('+41 44 555 02 01')
  expect(saidOf(draft, 'tags', own, [])).toBe('vip')
  expect(saidOf({ ...draft, owner_id: 7 }, 'owner_id', own, [{ id: 7, name: 'Marta' }])).toBe('Marta')
  for (const key of Object.keys(draft)) expect(labelOf(key, own)).not.toBe(key)
})
