import type { QueryClient } from '@tanstack/react-query'
import { act, fireEvent, screen, waitFor } from '@testing-library/react'
import { beforeEach, expect, test, vi } from 'vitest'
import { keys } from '@/api/keys'
import { makeQueryClient } from '@/api/queries'
import type { Offer, Session } from '@/api/types'
import { applyToCache } from '@/live/cache'
import { showInDesk } from '@/test/desk'
import { interaction, offer, session } from '@/test/fixtures'
import Offers from './Offers'

let client: QueryClient
const answers: Response[] = []
const fetched = vi.fn<(method: string, url: string, body: unknown) => void>()

// Each test has offers of its own: an answer that is under way outlives its page.
let base = 0
const soon = (seconds: number) => new Date(Date.now() + seconds * 1_000).toISOString()
const waiting = (id: number, over: Partial<Offer> = {}) =>
  offer({
    id: base + id,
    interaction_id: base + id,
    customer: `Customer ${id}`,
    starts_at: soon(-id),
    ends_at: soon(30),
    ...over,
  })
const problem = (status: number, code: string, params = {}) =>
  new Response(JSON.stringify({ status, code, params }), { status })
const live = (one: Offer) =>
  act(async () => applyToCache(client, { type: 'offer', position: 'p2', offer: one }, () => {}))

const wide = (width: number) =>
  (
    window as unknown as { happyDOM: { setViewport: (size: { width: number }) => void } }
  ).happyDOM.setViewport({
    width,
  })

beforeEach(() => {
  base += 10
  wide(1440)
  answers.length = 0
  fetched.mockReset()
  client = makeQueryClient()
  client.setQueryData<Session>(keys.session, session())
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (url, options) => {
    fetched(options?.method ?? 'GET', String(url), JSON.parse(String(options?.body ?? 'null')))
    const answer = answers.shift()
    return answer ?? new Promise<Response>(() => {})
  })
})

async function show(...offers: Offer[]) {
  client.setQueryData(keys.offers, offers)
  return await showInDesk(
    client,
    <>
      <textarea aria-label="elsewhere" />
      <Offers />
    </>,
  )
}
const accept = () => screen.getAllByRole('button', { name: /^Accept/ })[0] as HTMLElement

test('accepting opens it; while it is under way a second press does nothing', async () => {
  const where = await show(waiting(1))
  fireEvent.click(accept())
  fireEvent.click(accept())
  await waitFor(() => expect(fetched).toHaveBeenCalledTimes(1))
  expect(fetched).toHaveBeenCalledWith('PUT', `/api/v1/interactions/${base + 1}/acceptance`, {
    offer_id: base + 1,
  })
  expect(where()).toBe('/')
})

test('what is ours opens, and its card is gone', async () => {
  answers.push(Response.json(interaction({ id: base + 1, version: 2 })))
  const where = await show(waiting(1))
  fireEvent.click(accept())
  await waitFor(() => expect(where()).toBe(`/interactions/${base + 1}`))
  expect(screen.queryByText('Customer 1')).toBeNull()
})

test('with Ctrl it is accepted and one stays where one is', async () => {
  answers.push(Response.json(interaction({ id: base + 1, version: 2 })))
  const where = await show(waiting(1))
  fireEvent.click(accept(), { ctrlKey: true })
  await waitFor(() => expect(screen.queryByText('Customer 1')).toBeNull())
  expect(where()).toBe('/')
})

test('who was faster is said for two seconds', async () => {
  answers.push(problem(409, 'taken', { by: 'Luca', by_id: 2 }))
  await show(waiting(1))
  fireEvent.click(accept())
  expect(await screen.findByText('Taken by Luca')).toBeTruthy()
  expect(screen.queryByRole('button', { name: /^Accept/ })).toBeNull()
  await waitFor(() => expect(screen.queryByText('Taken by Luca')).toBeNull(), { timeout: 3_000 })
})

test('an end that comes by itself is said too', async () => {
  await show(waiting(1), waiting(2))
  await live(waiting(1, { state: 'taken', taken_by: { id: 3, name: 'Noor' }, version: 2 }))
  await live(waiting(2, { state: 'accepted', version: 2 }))
  expect(await screen.findByText('Taken by Noor')).toBeTruthy()
  expect(await screen.findByText('Accepted in another window')).toBeTruthy()
})

test('a lost connection leaves the card as it was, with the reason', async () => {
  vi.mocked(globalThis.fetch).mockRejectedValueOnce(new TypeError('offline'))
  await show(waiting(1))
  fireEvent.click(accept())
  expect(await screen.findByText(/No connection to the desk/)).toBeTruthy()
  expect((accept() as HTMLButtonElement).disabled).toBe(false)
})

test('A answers, but not while one writes; Alt+A always does', async () => {
  await show(waiting(1))
  const text = screen.getByLabelText('elsewhere')
  text.focus()
  fireEvent.keyDown(text, { key: 'a', code: 'KeyA' })
  expect(fetched).not.toHaveBeenCalled()
  fireEvent.keyDown(text, { key: 'a', code: 'KeyA', altKey: true })
  await waitFor(() => expect(fetched.mock.calls[0]?.[0]).toBe('PUT'))
})

test('R rejects', async () => {
  answers.push(new Response(null, { status: 204 }))
  await show(waiting(1))
  fireEvent.keyDown(document.body, { key: 'r', code: 'KeyR' })
  await waitFor(() => expect(screen.queryByText('Customer 1')).toBeNull())
  expect(fetched.mock.calls[0]?.slice(0, 2)).toEqual([
    'DELETE',
    `/api/v1/interactions/${base + 1}/acceptance?offer_id=${base + 1}`,
  ])
})

test('of many, the newest three stand open and the rest is a count', async () => {
  await show(...[1, 2, 3, 4, 5].map(id => waiting(id)))
  const names = () => screen.getAllByText(/^Customer \d$/).map(({ textContent }) => textContent)
  expect(names()).toEqual(['Customer 1', 'Customer 2', 'Customer 3'])
  fireEvent.click(screen.getByRole('button', { name: '2 more offers' }))
  expect(names()).toHaveLength(5)
})

test('where there is less room one stands open', async () => {
  wide(1024)
  await show(...[1, 2, 3].map(id => waiting(id)))
  expect(screen.getAllByText(/^Customer \d$/)).toHaveLength(1)
  fireEvent.click(screen.getByRole('button', { name: '2 more offers' }))
  expect(screen.getAllByText(/^Customer \d$/)).toHaveLength(3)
})

test('a new one is said at once to who does not see it', async () => {
  await show()
  await live(waiting(1, { customer: 'Giulia', first_words: 'Where is it?' }))
  expect(await screen.findByText('New offer from Sales: Giulia. Where is it?')).toBeTruthy()
})

test('put aside they are a count, until the next one comes', async () => {
  await show(waiting(1), waiting(2))
  fireEvent.click(screen.getByRole('button', { name: 'Put aside' }))
  expect(screen.queryByText('Customer 1')).toBeNull()
  // What one does not see, no key accepts.
  fireEvent.keyDown(document.body, { key: 'a', code: 'KeyA' })
  expect(fetched).not.toHaveBeenCalled()
  await live(waiting(3))
  expect(await screen.findByText('Customer 3')).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'Show 2 offers' }))
  expect(screen.getByText('Customer 1')).toBeTruthy()
})
