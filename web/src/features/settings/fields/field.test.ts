import { expect, test } from 'vitest'
import { blankField, fieldResource, keyFrom } from './field'

test('a key is made of the name', () => {
  expect(keyFrom('Kundennr. 2')).toBe('kundennr_2')
  expect(keyFrom('  Città ')).toBe('citta')
  expect(keyFrom('2nd number')).toBe('nd_number')
  expect(keyFrom('Ж')).toBe('')
})

test('only a select sends choices, and only a list of its own is sent', () => {
  const draft = { ...blankField(), name: 'City', key: 'city', options: ['left over'] }
  expect(fieldResource.toBody(draft)).toEqual({
    name: 'City',
    key: 'city',
    kind: 'text',
    options: [],
    required: false,
    sensitive: false,
  })
  expect(fieldResource.toBody({ ...draft, kind: 'select', list_id: 3 })).toMatchObject({
    options: ['left over'],
    list_id: 3,
  })
  expect(fieldResource.toBody({ options: ['Gold'] })).toEqual({ options: ['Gold'] })
})

test('what is certainly wrong is said before the server is asked', () => {
  const wrong = (change: object) =>
    Object.keys(fieldResource.check?.({ ...blankField(), ...change }, true) ?? {})
  expect(wrong({ name: 'City', key: 'city' })).toEqual([])
  expect(wrong({ key: 'City' })).toEqual(['name', 'key'])
  expect(wrong({ name: 'Level', key: 'level', kind: 'select' })).toEqual(['options'])
  expect(wrong({ name: 'Level', key: 'level', kind: 'select', options: ['a', ' '] })).toEqual(['options[1]'])
})
