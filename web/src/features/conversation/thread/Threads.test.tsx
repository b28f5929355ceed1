import type { QueryClient } from '@tanstack/react-query'
import { act, screen, waitFor } from '@testing-library/react'
import { useState } from 'react'
import { beforeEach, expect, test, vi } from 'vitest'
import { putMessage, type Thread } from '@/api/entities'
import { keys } from '@/api/keys'
import { makeQueryClient } from '@/api/queries'
import type { Session } from '@/api/types'
import { currentTabs, openTab, putTabAway } from '@/features/tabs/store'
import { showInDesk } from '@/test/desk'
import { interaction, message, session } from '@/test/fixtures'
import { Threads } from './Threads'

let client: QueryClient
let reads: string[]
let look: (id: number) => void
let nextId = 10

beforeEach(() => {
  for (const { id } of currentTabs().tabs) putTabAway(id)
  reads = []
  client = makeQueryClient()
  client.setQueryData<Session>(keys.session, session())
  client.setQueryData(keys.collection('accounts'), [])
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (path, options) => {
    if (options?.method !== 'GET') reads.push(String(path))
    return Response.json({})
  })
  // Nothing has a size here: as if the thread were high enough for all of them.
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(600)
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(600)
  for (const id of [1, 2]) {
    openTab(id, 9, () => false)
    client.setQueryData(keys.interaction(id), interaction({ id, unread: 0, owner: { id: 1, name: 'Marta' } }))
    client.setQueryData<Thread>(keys.thread(id), {
      pages: [
        { items: [message({ id, interaction_id: id, text: `First of ${id}` })], next: null, position: 'p' },
      ],
      pageParams: [null],
    })
  }
})

function Desk() {
  const [id, setId] = useState(1)
  look = setId
  return <Threads id={id} isSettled onShown={() => {}} />
}
const arrives = (id: number, text: string) =>
  act(async () => putMessage(client, message({ id: nextId++, interaction_id: id, text })))
const log = () => screen.getByRole('log')
const said = (text: string) => waitFor(() => expect(log().textContent).toContain(text))

test('the one that was read stays behind, and shows what came meanwhile without saying it', async () => {
  await showInDesk(client, <Desk />)
  const first = screen.getByText('First of 1')
  await act(async () => look(2))
  expect(screen.getByText('First of 2')).toBeTruthy()
  expect(first.isConnected).toBe(true)
  await arrives(1, 'While away')
  expect(log().textContent).toBe('')
  await act(async () => look(1))
  expect(screen.getByText('First of 1')).toBe(first)
  expect(await screen.findByText('While away')).toBeTruthy()
  expect(log().textContent).toBe('')
  await arrives(1, 'While here')
  await said('While here')
})

test('what is said of one that is not looked at is not announced', async () => {
  await showInDesk(client, <Desk />)
  await act(async () => look(2))
  await arrives(1, 'Not heard')
  await arrives(2, 'Heard')
  await said('Heard')
  expect(log().textContent).not.toContain('Not heard')
  expect(reads).toEqual([])
})

test('one whose tab is put away is forgotten', async () => {
  await showInDesk(client, <Desk />)
  const first = screen.getByText('First of 1')
  await act(async () => look(2))
  await act(async () => putTabAway(1))
  await waitFor(() => expect(first.isConnected).toBe(false))
})
