import { expect, test } from 'vitest'
import adminEn from '../../messages/admin/en.json'
import adminIt from '../../messages/admin/it.json'
import en from '../../messages/en.json'
import it from '../../messages/it.json'
import pagesEn from '../../messages/pages/en.json'
import pagesIt from '../../messages/pages/it.json'
// What only the server says.
import transcriptEn from '../../messages/transcript/en.json'
import transcriptIt from '../../messages/transcript/it.json'

const keys = (messages: object) => Object.keys(messages).filter(key => !key.startsWith('$'))
const inputs = (message: unknown) => [...new Set(JSON.stringify(message).match(/\{\w+\}/g))].sort()

test.each([
  { english: en, italian: it as Record<string, unknown> },
  { english: pagesEn, italian: pagesIt as Record<string, unknown> },
  { english: adminEn, italian: adminIt as Record<string, unknown> },
  { english: transcriptEn, italian: transcriptIt as Record<string, unknown> },
])('every message is there in every language, with the same inputs', ({ english, italian }) => {
  expect(keys(italian).sort()).toEqual(keys(english).sort())
  for (const [key, message] of Object.entries(english)) {
    if (!key.startsWith('$')) expect([key, inputs(italian[key])]).toEqual([key, inputs(message)])
  }
})

test('nothing is said in two of the files', () => {
  const all = [en, pagesEn, adminEn, transcriptEn].flatMap(keys)
  expect(all.filter((key, index) => all.indexOf(key) !== index)).toEqual([])
})

test('keys are snake_case with the feature in front', () => {
  // Capitals would be compiled to another export than the one that `m` is called by.
  for (const key of [en, pagesEn, adminEn, transcriptEn].flatMap(keys))
    expect(key).toMatch(/^[a-z]+(_[a-z0-9]+)+$/)
})
