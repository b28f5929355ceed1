import { expect, test } from 'vitest'
import type { Template } from '@/api/types'
import { choices, matching } from './filter'

const variant = (language: string, status: string, quality: string | null = null) => ({
  language,
  status,
  quality,
  category: 'utility',
  content: { body: 'Your parcel' },
})
const templates = [
  { name: 'parcel', variants: [variant('en', 'approved', 'GREEN'), variant('it', 'paused', 'RED')] },
  { name: 'gone', variants: [variant('en', 'deleted')] },
  { name: 'caffè', variants: [variant('it', 'approved')] },
] as unknown as Template[]
const names = (filter: Parameters<typeof matching>[1]) => matching(templates, filter).map(({ name }) => name)

test('a template is shown when one of its variants is all that is asked for', () => {
  expect(names({})).toEqual(['parcel', 'caffè'])
  expect(names({ status: 'deleted' })).toEqual(['gone'])
  expect(names({ language: 'it', status: 'approved' })).toEqual(['caffè'])
  expect(names({ quality: 'RED' })).toEqual(['parcel'])
  expect(names({ search: 'CAFFE parcel' })).toEqual(['caffè'])
})

test('only what there is can be chosen', () => {
  expect(choices(templates, one => one.quality)).toEqual(['GREEN', 'RED'])
  expect(choices(templates, one => one.language)).toEqual(['en', 'it'])
})
