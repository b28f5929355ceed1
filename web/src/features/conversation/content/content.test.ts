import { expect, test } from 'vitest'
import { mediaSize } from '../message/mediaSize'
import { money, totals } from './order'
import { bars } from './waveform'

test('an order is summed for each currency, to the cent', () => {
  const item = { product: 'a', quantity: 3, price: '0.10', currency: 'EUR' }
  expect(totals([item, { ...item, price: '19.99', quantity: 1 }, { ...item, currency: 'USD' }])).toEqual([
    { currency: 'EUR', total: 20.29 },
    { currency: 'USD', total: 0.3 },
  ])
  expect(totals([{ ...item, price: 'free' }])).toEqual([])
})

test('a currency nobody knows is shown as it came', () => {
  expect(money('12', 'points')).toBe('12 points')
})

test('a picture keeps its room, within bounds', () => {
  expect(mediaSize({ kind: 'image', width: 1600, height: 800 })).toEqual({ width: 320, height: 160 })
  expect(mediaSize({ kind: 'image', width: 10, height: 4000 })).toEqual({ width: 140, height: 340 })
  expect(mediaSize({ kind: 'image', width: null, height: null })).toEqual({ width: 280, height: 210 })
})

test('the loudest part of a recording is the highest bar', () => {
  expect(bars([0, 0, 0.5, 0.5, 1, 1, 0, 0], 4)).toEqual([0, 0.5, 1, 0])
  expect(bars([0, 0], 2)).toEqual([0, 0])
})
