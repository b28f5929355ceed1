import { QueryClientProvider, useQuery } from '@tanstack/react-query'
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from '@tanstack/react-router'
import { act, configure, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { keys } from '@/api/keys'
import { makeQueryClient, queuesQuery } from '@/api/queries'
import type { Queue } from '@/api/types'
import { QueueForm } from './QueueForm'
import { blankQueue } from './queue'

const queue: Queue = { ...blankQueue(), id: 7, version: 1, name: 'Sales', user_ids: [1] }

// Many fields: a busy machine takes its time to draw them.
configure({ asyncUtilTimeout: 4_000 })
vi.setConfig({ testTimeout: 15_000 })

afterEach(() => vi.unstubAllGlobals())

function Stored() {
  const { data = [] } = useQuery(queuesQuery)
  return <QueueForm queue={data[0] ?? null} />
}

/** The form as in its route, over a server that answers with `respond`. */
async function open(respond: (method: string, body: Record<string, unknown>) => Response) {
  const client = makeQueryClient()
  client.setQueryData(keys.collection('queues'), [queue])
  for (const name of ['users', 'teams', 'accounts'] as const) client.setQueryData(keys.collection(name), [])
  vi.stubGlobal('fetch', async (_: string, { method = 'GET', body }: RequestInit) =>
    respond(method, body ? JSON.parse(String(body)) : {}),
  )
  const root = createRootRoute()
  const route = createRoute({
    getParentRoute: () => root,
    path: '/',
    component: Stored,
  })
  const router = createRouter({
    routeTree: root.addChildren([route]),
    history: createMemoryHistory({ initialEntries: ['/'] }),
  })
  await act(async () => {
    render(
      <QueryClientProvider client={client}>
        <RouterProvider router={router as never} />
      </QueryClientProvider>,
    )
  })
  return await screen.findByRole('textbox', { name: 'Name' })
}

const type = (field: HTMLElement, value: string) => fireEvent.change(field, { target: { value } })
const press = (name: RegExp) => fireEvent.click(screen.getByRole('button', { name }))

test('the bar says what changed, and only that is sent', async () => {
  const sent: unknown[] = []
  const name = await open((_, body) => {
    sent.push(body)
    return Response.json({ ...queue, ...body, version: 2 })
  })
  expect(screen.queryByRole('region', { name: 'Unsaved changes' })).toBeNull()
  type(name, 'Billing')
  expect(screen.getByRole('region', { name: 'Unsaved changes' }).textContent).toContain('Changed: Name')
  press(/^Save/)
  await waitFor(() => expect(screen.queryByRole('region', { name: 'Unsaved changes' })).toBeNull())
  expect(sent).toEqual([{ name: 'Billing', version: 1 }])
})

test('what the server says of a field stands at the field, until it is changed', async () => {
  const name = await open(() =>
    Response.json(
      { status: 422, code: 'invalid', fields: [{ name: 'name', code: 'taken', detail: '' }] },
      { status: 422 },
    ),
  )
  type(name, 'Returns')
  press(/^Save/)
  await screen.findByText('Already used by another.')
  expect(name.getAttribute('aria-invalid')).toBe('true')
  type(name, 'Refunds')
  expect(screen.queryByText('Already used by another.')).toBeNull()
})

test('somebody else’s change comes in, and what was typed is kept', async () => {
  const name = await open(method =>
    method === 'PATCH'
      ? Response.json({ status: 409, code: 'changed_meanwhile' }, { status: 409 })
      : Response.json([{ ...queue, version: 2, name: 'Refunds', weight: 9 }]),
  )
  type(name, 'Billing')
  press(/^Save/)
  await screen.findByText(/Somebody else changed this meanwhile: Name, Weight/)
  expect((name as HTMLInputElement).value).toBe('Billing')
  expect((screen.getByRole('textbox', { name: 'Weight' }) as HTMLInputElement).value).toBe('9')
})

test('an empty name is not sent at all', async () => {
  const name = await open(() => {
    throw new Error('nothing should be asked')
  })
  type(name, ' ')
  press(/^Save/)
  await screen.findByText('Fill this in.')
})
