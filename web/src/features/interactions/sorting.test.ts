import { expect, test } from 'vitest'
import { orderOf, sortedBy, turned } from './sorting'

test('a click on a column orders by it, the next one turns it round', () => {
  const byStart = turned({ state: 'closed' }, 'started')
  expect(byStart).toEqual({ state: 'closed', sort: 'started', order: undefined })
  expect(orderOf(byStart)).toEqual({ sort: 'started', order: 'desc' })
  expect(orderOf(turned(byStart, 'started'))).toEqual({ sort: 'started', order: 'asc' })
  expect(orderOf(turned({}, 'waiting'))).toEqual({ sort: 'waiting', order: 'asc' })
  expect(orderOf(turned(turned({}, 'waiting'), 'waiting'))).toEqual({ sort: 'waiting', order: 'desc' })
})

test('what is usual is not said', () => {
  expect(sortedBy({ sort: 'id' }, 'last', 'desc')).toEqual({ sort: undefined, order: undefined })
  expect(sortedBy({}, 'last', 'asc')).toEqual({ sort: 'last', order: 'asc' })
})
