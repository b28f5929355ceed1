import { QueryClientProvider } from '@tanstack/react-query'
import { fireEvent, render, screen, waitFor } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { keys } from '@/api/keys'
import { makeQueryClient } from '@/api/queries'
import type { SavedView, Session } from '@/api/types'
import { interactionShelf } from '@/features/interactions/saved'
import { session } from '@/test/fixtures'
import KeepView from './KeepView'
import SavedViews from './SavedViews'

const filter = {
  state: 'closed',
  account: null,
  agent: null,
  queue: null,
  read: null,
  sentiment: null,
  tags: '3',
}
const look = { expression: null, view: null, columns: null, density: null }
const view: SavedView = {
  id: 1,
  version: 1,
  name: 'Fair',
  shared: true,
  may_edit: true,
  filter: { ...filter, from: null, to: null, sort: null, order: null, ...look },
}

function show(search: object) {
  const onChange = vi.fn()
  const client = makeQueryClient()
  client.setQueryData<Session>(keys.session, session())
  const asked: [string, string, unknown][] = []
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (url, init) => {
    if (!init?.method || init.method === 'GET') return Response.json([view])
    asked.push([init.method, String(url), JSON.parse(String(init.body))])
    return Response.json({ ...view, id: init.method === 'POST' ? 2 : 1 })
  })
  render(
    <QueryClientProvider client={client}>
      <SavedViews shelf={interactionShelf} search={search} onChange={onChange} />
      <KeepView shelf={interactionShelf} search={search} onChange={onChange} />
    </QueryClientProvider>,
  )
  return { onChange, asked }
}

test('a view is one click away, and says when it is on screen', async () => {
  const { onChange } = show({})
  fireEvent.click(await screen.findByRole('button', { name: 'Fair', pressed: false }))
  expect(onChange).toHaveBeenCalledWith({ state: 'closed', tags: [3], saved: 1 })
  show({ state: 'closed', tags: [3] })
  expect(await screen.findByRole('button', { name: 'Fair', pressed: true })).toBeTruthy()
})

test('what is filtered by is saved under a name', async () => {
  const { asked, onChange } = show({ read: 'unread', search: 'not kept' })
  fireEvent.click(await screen.findByRole('button', { name: 'Save view' }))
  fireEvent.change(await screen.findByLabelText('Name of the view', {}, { timeout: 10_000 }), {
    target: { value: 'To read' },
  })
  fireEvent.click(screen.getByRole('button', { name: 'Save' }))
  const body = { name: 'To read', shared: false, filter: { state: 'open', read: 'unread' } }
  await waitFor(() => expect(asked).toEqual([['POST', expect.stringContaining('/saved_views'), body]]))
  await waitFor(() => expect(onChange).toHaveBeenCalledWith({ read: 'unread', search: 'not kept', saved: 2 }))
})

test('a view that one may change takes up what is on screen', async () => {
  const { asked } = show({
    state: 'closed',
    tags: [3],
    sort: 'started',
    view: 'table',
    columns: 'id,tags',
    saved: 1,
  })
  expect(await screen.findByRole('button', { name: 'Fair, changed', pressed: false })).toBeTruthy()
  fireEvent.click(await screen.findByRole('button', { name: 'Update view Fair' }))
  const filter = { state: 'closed', tags: '3', sort: 'started', view: 'table', columns: 'id,tags' }
  await waitFor(() =>
    expect(asked).toEqual([['PATCH', expect.stringContaining('/saved_views/1'), { version: 1, filter }]]),
  )
})
