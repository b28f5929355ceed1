import { QueryClientProvider } from '@tanstack/react-query'
import { act, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { makeQueryClient } from '@/api/queries'
import { useAhead } from '@/features/list/useAhead'
import { askAhead } from './ahead'

let asked: string[]

beforeEach(() => {
  vi.useFakeTimers()
  asked = []
  vi.spyOn(globalThis, 'fetch').mockImplementation(async path => {
    asked.push(String(path))
    return new Promise<Response>(() => {})
  })
})
afterEach(() => void vi.useRealTimers())

const idOf = (element: Element) => Number(element.id) || null

function Rows({ cursor = null }: { cursor?: number | null }) {
  return (
    <div {...useAhead(cursor, idOf, askAhead)}>
      <p id="7">Row</p>
      <p>No row</p>
    </div>
  )
}
const show = (cursor?: number) =>
  render(
    <QueryClientProvider client={makeQueryClient()}>
      <Rows cursor={cursor ?? null} />
    </QueryClientProvider>,
  )
const wait = (ms: number) => act(async () => vi.advanceTimersByTime(ms))
const messages = () => asked.filter(path => path.includes('/interactions/7/messages'))

test('a row the pointer rests on is asked for, once', async () => {
  show()
  fireEvent.pointerOver(screen.getByText('Row'))
  await wait(100)
  expect(messages()).toHaveLength(1)
  fireEvent.pointerDown(screen.getByText('Row'))
  await wait(100)
  expect(messages()).toHaveLength(1)
})

test('a row that is only passed over is not', async () => {
  show()
  fireEvent.pointerOver(screen.getByText('Row'))
  await wait(20)
  fireEvent.pointerOut(screen.getByText('Row'))
  fireEvent.pointerOver(screen.getByText('No row'))
  await wait(100)
  expect(asked).toEqual([])
})

test('a press asks at once', async () => {
  show()
  fireEvent.pointerDown(screen.getByText('Row'))
  await wait(0)
  expect(messages()).toHaveLength(1)
})

test('the row the keyboard rests on is asked for', async () => {
  show(7)
  await wait(100)
  expect(messages()).toHaveLength(1)
})
