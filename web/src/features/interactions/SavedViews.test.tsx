import { QueryClientProvider } from '@tanstack/react-query'
import { fireEvent, render, screen, waitFor } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { keys } from '@/api/keys'
import { makeQueryClient } from '@/api/queries'
import type { SavedView, Session } from '@/api/types'
import { session } from '@/test/fixtures'
import SavedViews from './SavedViews'

const filter = { state: 'closed', account: null, agent: null, queue: null, read: null, tags: '3' }
const view: SavedView = {
  id: 1,
  version: 1,
  name: 'Fair',
  shared: true,
  may_edit: false,
  filter: { ...filter, from: null, to: null, sort: null },
}

function show(search: object) {
  const onChange = vi.fn()
  const client = makeQueryClient()
  client.setQueryData<Session>(keys.session, session())
  const asked: [string, unknown][] = []
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (url, init) => {
    if (init?.method === 'POST') asked.push([String(url), JSON.parse(String(init.body))])
    return Response.json([view])
  })
  render(
    <QueryClientProvider client={client}>
      <SavedViews search={search} onChange={onChange} />
    </QueryClientProvider>,
  )
  return { onChange, asked }
}

test('a view is one click away, and says when it is on screen', async () => {
  const { onChange } = show({})
  fireEvent.click(await screen.findByRole('button', { name: 'Fair', pressed: false }))
  expect(onChange).toHaveBeenCalledWith({ state: 'closed', tags: [3], view: undefined })
  show({ state: 'closed', tags: [3] })
  expect(await screen.findByRole('button', { name: 'Fair', pressed: true })).toBeTruthy()
})

test('what is filtered by is saved under a name', async () => {
  const { asked } = show({ read: 'unread', search: 'not kept' })
  fireEvent.click(await screen.findByRole('button', { name: 'Save view' }))
  fireEvent.change(await screen.findByLabelText('Name of the view', {}, { timeout: 10_000 }), {
    target: { value: 'To read' },
  })
  fireEvent.click(screen.getByRole('button', { name: 'Save' }))
  const body = { name: 'To read', shared: false, filter: { state: 'open', read: 'unread' } }
  await waitFor(() => expect(asked).toEqual([[expect.stringContaining('/saved_views'), body]]))
})
