import { expect, test } from 'vitest'
import en from '../../messages/en.json'
import it from '../../messages/it.json'

const keys = (messages: object) => Object.keys(messages).filter(key => !key.startsWith('$'))
const inputs = (message: unknown) => [...new Set(JSON.stringify(message).match(/\{\w+\}/g))].sort()

test('every message is there in every language, with the same inputs', () => {
  expect(keys(it).sort()).toEqual(keys(en).sort())
  const italian: Record<string, unknown> = it
  for (const [key, message] of Object.entries(en)) {
    if (!key.startsWith('$')) expect([key, inputs(italian[key])]).toEqual([key, inputs(message)])
  }
})

test('keys are snake_case with the feature in front', () => {
  // Capitals would be compiled to another export than the one that `m` is called by.
  for (const key of keys(en)) expect(key).toMatch(/^[a-z]+(_[a-z0-9]+)+$/)
})
