import { expect, test } from 'vitest'
import {
  contactOf,
  contactTab,
  fitting,
  neighbour,
  noTabs,
  opened,
  readTabs,
  type Tabs,
  without,
  withPlace,
} from './tabs'

const read = () => false
const open = (...ids: number[]): Tabs =>
  ids.reduce((held, id, index) => opened(held, id, index, 99, read).tabs, noTabs)
const ids = (held: Tabs) => held.tabs.map(({ id }) => id)

test('a new one is added at the end, one looked at again keeps its place', () => {
  expect(ids(open(1, 2, 3, 1))).toEqual([1, 2, 3])
})

test('when full, the read one that was unused longest makes room', () => {
  const full = open(1, 2, 3)
  const { tabs, putAway } = opened(full, 4, 10, 3, id => id === 1)
  expect(putAway).toBe(2)
  expect(ids(tabs)).toEqual([1, 3, 4])
})

test('when all are unread the one unused longest goes all the same', () => {
  expect(opened(open(1, 2), 3, 10, 2, () => true).putAway).toBe(1)
})

test('looking at one keeps it', () => {
  const held = opened(open(1, 2), 1, 10, 2, read).tabs
  expect(opened(held, 3, 11, 2, read).putAway).toBe(2)
})

test('its place goes with it', () => {
  const held = withPlace(open(1, 2), 1, { row: 'm7', offset: 12 })
  expect(held.places[1]).toEqual({ row: 'm7', offset: 12 })
  expect(without(held, 1)).toMatchObject({ tabs: [{ id: 2 }], places: {} })
})

test('beside the one put away', () => {
  const { tabs } = open(1, 2, 3)
  expect(neighbour(tabs, 2)).toBe(3)
  expect(neighbour(tabs, 3)).toBe(2)
  expect(neighbour(open(1).tabs, 1)).toBeNull()
})

test('the one on screen is among those that fit', () => {
  const { tabs } = open(1, 2, 3, 4)
  const { shown, more } = fitting(tabs, 4, 2)
  expect(shown.map(({ id }) => id)).toEqual([1, 4])
  expect(more.map(({ id }) => id)).toEqual([2, 3])
})

test('what was stored badly is left out', () => {
  expect(readTabs('{"tabs":[{"id":1,"usedAt":2},{"id":"x"},null]}').tabs).toEqual([{ id: 1, usedAt: 2 }])
  expect(readTabs('nonsense')).toEqual(noTabs)
  expect(readTabs(null)).toEqual(noTabs)
})

test('a contact has a tab of its own, beside the interaction of the same number', () => {
  expect(contactOf(contactTab(7))).toBe(7)
  expect(contactOf(7)).toBeNull()
  const both = opened(opened(noTabs, 7, 1, 9, () => false).tabs, contactTab(7), 2, 9, () => false).tabs
  expect(both.tabs.map(({ id }) => id)).toEqual([7, -7])
  expect(readTabs(JSON.stringify(both)).tabs).toEqual(both.tabs)
})
