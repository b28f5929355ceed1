import { expect, test } from 'vitest'
import { itemOf, type TemplatePlace, textOf } from './place'

test('every place among the templates has an address that leads back to it', () => {
  const places: TemplatePlace[] = [
    { act: 'page', account: 7, name: 'order_shipped' },
    { act: 'new', account: 7 },
    { act: 'edit', account: 7, name: 'order_shipped', language: 'pt_BR' },
    { act: 'copy', account: 7, name: 'a', language: 'it' },
  ]
  for (const place of places) expect(itemOf(textOf(place))).toEqual(place)
  for (const text of ['', 'new', 'edit-7-it', 'x-7-it-a', '7-']) expect(itemOf(text)).toBeUndefined()
})
