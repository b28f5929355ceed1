import { expect, test } from 'vitest'
import { masked } from '../profiles/masking'
import { isGood, makePassword, rules } from './password'
import { blankUser, userResource } from './user'

test('the rules are the server’s', () => {
  for (const password of ['Abcdef1!', 'Ünïcode 1 gut'])
    expect([password, isGood(password)]).toEqual([password, true])
  for (const password of ['', 'Abc1!', 'abcdefg1!', 'ABCDEFG1!', 'Abcdefgh!', 'Abcdefgh1']) {
    expect([password, isGood(password)]).toEqual([password, false])
  }
  expect(rules.filter(rule => rule.isMet('abc1')).map(rule => rule.label())).toEqual([
    'a small letter',
    'a digit',
  ])
})

test('what is generated keeps to the rules, whatever is drawn', () => {
  for (let round = 0; round < 200; round++) expect(isGood(makePassword())).toBe(true)
  expect(isGood(makePassword(() => 0))).toBe(true)
  expect(isGood(makePassword(limit => limit - 1))).toBe(true)
  expect(makePassword()).not.toMatch(/[lIO01]/)
})

test('a user needs a name to sign in with, a profile and a first password', () => {
  const wrong = (part: object, isNew = true) =>
    Object.keys(userResource.check?.({ ...blankUser(), ...part }, isNew) ?? {})
  expect(wrong({})).toEqual(['login', 'name', 'profile_id', 'password'])
  const good = { login: 'marta', name: 'Marta', profile_id: 1, password: 'Abcdef1!' }
  expect(wrong(good)).toEqual([])
  expect(wrong({ ...good, password: '' }, false)).toEqual([])
  expect(wrong({ ...good, login: 'marta rossi', email: 'marta', password: 'short' })).toEqual([
    'login',
    'email',
    'password',
  ])
})

test('an empty password is not sent, an emptied alias is', () => {
  expect(userResource.toBody({ alias: ' ', password: '' })).toEqual({ alias: null })
  expect(userResource.toBody({ password: 'Abcdef1!' })).toEqual({ password: 'Abcdef1!' })
})

test('the preview masks as the server does', () => {
  expect(masked({ mode: 'none' }, 'Giulia')).toBe('Giulia')
  expect(masked({ mode: 'full' }, 'Giulia')).toBe('•••')
  expect(masked({ mode: 'last', count: 4 }, '+39 333 1234567')).toBe('+39 333 123••••')
  expect(masked({ mode: 'last', count: 99 }, 'Li')).toBe('••')
})
