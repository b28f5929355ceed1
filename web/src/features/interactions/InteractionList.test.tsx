import { type QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { beforeEach, expect, test, vi } from 'vitest'
import { keys } from '@/api/keys'
import { makeQueryClient } from '@/api/queries'
import type { Interaction, Session } from '@/api/types'
import { applyToCache } from '@/live/cache'
import { interaction, session } from '@/test/fixtures'
import { InteractionList } from './InteractionList'

const at = (minute: number) => `2026-11-22T10:${String(minute).padStart(2, '0')}:00Z`
const said = (minute: number) =>
  ({ at: at(minute), direction: 'in', kind: 'text', preview: `at ${minute}`, status: null }) as const
const row = (id: number, minute: number, over: Partial<Interaction> = {}) =>
  interaction({ id, customer: `Customer ${id}`, last_message: said(minute), ...over })

let client: QueryClient
const onOpen = vi.fn<(id: number) => void>()

beforeEach(() => {
  onOpen.mockReset()
  // Nothing has a size here; without one there would be no rows on screen.
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(600)
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(360)
  const page = { items: [row(1, 30), row(2, 20), row(3, 10)], next: null, position: 'p1' }
  vi.spyOn(globalThis, 'fetch').mockImplementation(async () => Response.json(page))
  client = makeQueryClient()
  client.setQueryData<Session>(keys.session, session())
})

async function show() {
  render(
    <QueryClientProvider client={client}>
      <InteractionList
        search={{}}
        openId={undefined}
        isTable={false}
        onOpen={onOpen}
        onChange={() => {}}
        focusSearch={() => {}}
      />
    </QueryClientProvider>,
  )
  await screen.findByText('Customer 1')
  return screen.getByRole('grid')
}
const names = () => screen.getAllByText(/^Customer \d+$/).map(({ textContent }) => textContent)
const live = (one: Interaction) =>
  act(async () => applyToCache(client, { type: 'interaction', position: 'p2', interaction: one }, () => {}))

test('arrows move, Enter opens, and the focus stays on the grid', async () => {
  const grid = await show()
  grid.focus()
  for (const key of ['ArrowDown', 'ArrowDown', 'Enter']) fireEvent.keyDown(grid, { key })
  expect(onOpen).toHaveBeenCalledWith(2)
  expect(document.activeElement).toBe(grid)
  const active = document.getElementById(grid.getAttribute('aria-activedescendant') ?? '')
  expect(active && within(active).getByText('Customer 2')).toBeTruthy()
})

test('news changes a row where it stands; what rises or comes waits above', async () => {
  await show()
  await live(row(3, 50, { version: 2, unread: 2 }))
  await live(row(4, 55))
  expect(names()).toEqual(['Customer 1', 'Customer 2', 'Customer 3'])
  expect(await screen.findByText('at 50')).toBeTruthy()
  fireEvent.click(await screen.findByRole('button', { name: '2 new' }))
  await waitFor(() => expect(names()).toEqual(['Customer 4', 'Customer 3', 'Customer 1', 'Customer 2']))
})

test('a row that no longer belongs says so and stays', async () => {
  await show()
  await live(row(2, 20, { version: 2, state: 'closed' }))
  expect(names()).toEqual(['Customer 1', 'Customer 2', 'Customer 3'])
  expect(await screen.findByText('Closed')).toBeTruthy()
})

test('what cannot be read says why, with another try', async () => {
  vi.mocked(fetch).mockImplementation(async () =>
    Response.json({ code: 'forbidden', status: 403, title: '', detail: '' }, { status: 403 }),
  )
  render(
    <QueryClientProvider client={client}>
      <InteractionList
        search={{}}
        openId={undefined}
        isTable={false}
        onOpen={onOpen}
        onChange={() => {}}
        focusSearch={() => {}}
      />
    </QueryClientProvider>,
  )
  expect((await screen.findByRole('alert')).textContent).toContain('Your profile does not allow this')
  expect(screen.getByRole('button', { name: 'Try again' })).toBeTruthy()
})

test('rows are picked by Space, Shift and Ctrl+A, and what leaves the list is picked no more', async () => {
  const grid = await show()
  const picked = () => screen.getAllByRole('row', { selected: true }).map(one => one.id.split('-').at(-1))
  grid.focus()
  fireEvent.keyDown(grid, { key: 'ArrowDown' })
  fireEvent.keyDown(grid, { key: ' ' })
  expect(picked()).toEqual(['1'])
  fireEvent.keyDown(grid, { key: 'ArrowDown', shiftKey: true })
  expect(picked()).toEqual(['1', '2'])
  fireEvent.keyDown(grid, { key: 'Escape' })
  expect(screen.queryAllByRole('row', { selected: true })).toEqual([])
  fireEvent.keyDown(grid, { key: 'a', ctrlKey: true })
  expect(picked()).toEqual(['1', '2', '3'])
  expect(await screen.findByText('3 selected', {}, { timeout: 10_000 })).toBeTruthy()
  await live(row(2, 20, { version: 2, state: 'closed' }))
  await waitFor(() => expect(picked()).toEqual(['1', '3']))
  fireEvent.click(screen.getByText('Customer 1'), { ctrlKey: true })
  expect(picked()).toEqual(['3'])
  fireEvent.click(screen.getByRole('checkbox', { name: 'Select Customer 1' }), { shiftKey: true })
  expect(picked()).toEqual(['1', '3'])
  expect(onOpen).not.toHaveBeenCalled()
})
