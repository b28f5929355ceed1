import { describe, expect, test } from 'vitest'
import type { TemplateVariant } from '@/api/types'
import {
  asName,
  blank,
  bodyOf,
  fieldKey,
  formOf,
  hasRoom,
  placesOf,
  samplesOf,
  withButton,
  withNames,
} from './draft'
import { nextVariable, variablesOf, withVariable } from './variables'

const variant = {
  category: 'marketing',
  content: {
    name: 'order_shipped',
    language: 'it',
    named: false,
    header: { type: 'text', text: 'Order {{1}}' },
    body: 'Hello {{1}}, order {{2}} left. Bye, {{1}}.',
    footer: 'Aurora',
    buttons: [
      { type: 'url', text: 'Track', url: 'https://a.example/{{1}}' },
      { type: 'quick_reply', text: 'Thanks' },
      { type: 'copy_code', text: 'Copy code' },
    ],
    beyond: null,
  },
  samples: { 'header:1': 'A-1', 'body:1': 'Maria', 'body:2': 'A-1', 'button:0': 'A-1', 'button:2': 'SAVE10' },
} as unknown as TemplateVariant

describe('a draft', () => {
  test('of a template says what the template says', () => {
    const body = bodyOf(formOf(variant), null, 3)
    const { beyond: _, ...content } = variant.content
    expect(body).toMatchObject({ ...content, category: 'marketing', version: 3 })
    expect(body.samples).toEqual(variant.samples)
  })

  test('a button keeps its sample when it changes its place', () => {
    const form = formOf(variant)
    const moved = { ...form, buttons: form.buttons.toReversed() }
    expect(samplesOf(moved)).toMatchObject({ 'button:0': 'SAVE10', 'button:2': 'A-1' })
  })

  test('has samples of the variables that are there, and keeps those that come back', () => {
    const form = { ...formOf(variant), header: 'none' as const, body: 'Hello {{1}}, it left.' }
    expect(placesOf(form).map(({ key }) => key)).toEqual(['body:1'])
    expect(samplesOf({ ...form, body: 'Hello {{2}}' })['body:2']).toBe('A-1')
  })

  test('an empty footer is none', () => {
    expect(bodyOf({ ...blank('en'), footer: '  ' }, null, null).footer).toBeNull()
  })

  test('names become what WhatsApp takes', () => {
    expect(asName('Ordine più_veloce!')).toBe('ordine_piu_veloce_')
    expect(asName('__A')).toBe('a')
  })
})

describe('buttons', () => {
  test('a field is known by its button, wherever that stands', () => {
    const [first, second] = withButton(withButton([], 'url'), 'phone')
    if (!first || !second) throw new Error('two buttons')
    expect(fieldKey([first, second], 'buttons[1].text')).toBe(fieldKey([second], 'buttons[0].text'))
    expect(fieldKey([first, second], 'samples.button:0')).toBe(fieldKey([second, first], 'samples.button:1'))
    expect(fieldKey([first], 'samples.button:0')).not.toBe(fieldKey([second], 'samples.button:0'))
    for (const field of ['body', 'samples.body:1', 'buttons', 'buttons[7].text']) {
      expect(fieldKey([first, second], field)).toBe(field.replace('[7]', '#7'))
    }
  })

  test('quick replies stay together, wherever they are added', () => {
    const kinds = ['quick_reply', 'url', 'quick_reply', 'phone'] as const
    const all = kinds.reduce<ReturnType<typeof withButton>>((made, kind) => withButton(made, kind), [])
    expect(all.map(one => one.kind)).toEqual(['quick_reply', 'quick_reply', 'url', 'phone'])
    expect(new Set(all.map(one => one.id)).size).toBe(4)
    expect([hasRoom(all, 'phone'), hasRoom(all, 'url')]).toEqual([false, true])
  })
})

describe('variables', () => {
  test('are found once, numbers in order', () => {
    expect(variablesOf('{{2}} and {{1}} and {{2}} {3} {{ 4 }}')).toEqual(['1', '2'])
    expect(variablesOf('{{name}} {{1}}')).toEqual(['name', '1'])
    expect(nextVariable('{{1}} {{3}}', false)).toBe('2')
  })

  test('stand apart from words', () => {
    expect(withVariable('Hello, bye', 5, 5, false)).toEqual({ text: 'Hello {{1}}, bye', start: 11, end: 11 })
    // A name is there to be typed over.
    expect(withVariable('Hello you', 6, 9, true)).toEqual({ text: 'Hello {{name_1}}', start: 8, end: 14 })
    expect(withVariable('{{1}}x', 5, 5, false).text).toBe('{{1}} {{2}} x')
  })

  test('get names and numbers with their samples', () => {
    const numbered = formOf(variant)
    const named = { ...numbered, ...withNames(numbered, true) }
    expect(named.header_text).toBe('Order {{header_1}}')
    expect(named.body).toBe('Hello {{name_1}}, order {{name_2}} left. Bye, {{name_1}}.')
    expect(samplesOf(named)).toMatchObject({ 'header:header_1': 'A-1', 'body:name_1': 'Maria' })
    // The end of an address is always a number.
    expect(named.buttons).toEqual(numbered.buttons)
    expect({ ...named, ...withNames(named, false) }).toEqual(numbered)
  })
})
