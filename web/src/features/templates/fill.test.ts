import { describe, expect, test } from 'vitest'
import type { TemplateContent } from '@/api/types'
import { endOf, missing, previewOf } from './fill'

const content: TemplateContent = {
  name: 'order_shipped',
  language: 'en',
  named: false,
  header: { type: 'text', text: 'Order {{1}}' },
  body: 'Hello {{1}}, order {{2}} left. Bye, {{1}}.',
  footer: 'Aurora',
  buttons: [
    { type: 'url', text: 'Track', url: 'https://a.example/{{1}}' },
    { type: 'quick_reply', text: 'Thanks' },
  ],
  beyond: null,
}
const slots = ['header:1', 'body:1', 'body:2', 'button:0'].map(key => ({ key, kind: 'text' as const }))

describe('a preview', () => {
  test('shows what has been filled in, and what has not', () => {
    const shown = previewOf(content, { 'header:1': 'A-1', 'body:1': ' Maria ', 'body:2': '  ' })
    expect(shown.header).toEqual({ type: 'text', text: 'Order A-1' })
    expect(shown.body).toBe('Hello Maria, order {{2}} left. Bye, Maria.')
    expect(shown.buttons[0]?.value).toEqual({ text: 'https://a.example/…' })
  })

  test('an address given whole is taken for its end', () => {
    const behind = (value: string) => previewOf(content, { 'button:0': value }).buttons[0]?.value?.text
    expect(behind('https://a.example/b8')).toBe('https://a.example/b8')
    expect(behind('$&')).toBe('https://a.example/$&')
    expect(endOf('https://a.example/{{1}}/track?x=1', 'https://a.example/9/track?x=1')).toBe('9')
    expect(endOf('https://a.example', 'https://a.example')).toBe('https://a.example')
  })

  test('a file that was approved with it is there as it is', () => {
    const link = 'https://a.example/lamp.png'
    const shown = previewOf({ ...content, header: { type: 'file', kind: 'image', link } }, {})
    expect(shown.header).toEqual({ type: 'media', kind: 'image', link })
  })

  test('a value is never read as a pattern', () => {
    expect(previewOf(content, { 'body:1': '$& {{2}}' }).body).toBe(
      'Hello $& {{2}}, order {{2}} left. Bye, $& {{2}}.',
    )
  })

  test('says what is missing, blank or absent', () => {
    expect(missing({ slots }, { 'header:1': 'A', 'body:1': ' ' })).toEqual(['body:1', 'body:2', 'button:0'])
  })
})
