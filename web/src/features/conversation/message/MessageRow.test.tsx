import { type QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { fireEvent, render, screen, waitFor } from '@testing-library/react'
import { beforeEach, expect, test, vi } from 'vitest'
import { makeQueryClient } from '@/api/queries'
import type { Failure, Message } from '@/api/types'
import { message } from '@/test/fixtures'
import { type ThreadActions, ThreadContext } from '../thread/context'
import { MessageRow } from './MessageRow'

const jumpTo = vi.fn<(id: number) => void>()
const actions: ThreadActions = {
  interactionId: 1,
  myId: 1,
  mayWrite: true,
  over: { can: undefined, words: what => what },
  maySeeRaw: true,
  jumpTo,
  openViewer: () => {},
  openMenu: () => {},
  openReactions: () => {},
  showRaw: () => {},
  showHistory: () => {},
}
let client: QueryClient
beforeEach(() => {
  client = makeQueryClient()
  jumpTo.mockReset()
})

function show(over: Partial<Message>, change: Partial<ThreadActions> = {}) {
  render(
    <QueryClientProvider client={client}>
      <ThreadContext value={{ ...actions, ...change }}>
        <MessageRow message={message(over)} isFirst isLast isFlashed={false} />
      </ThreadContext>
    </QueryClientProvider>,
  )
}

const ours = { direction: 'out', author: { kind: 'agent', id: 1, name: 'Marta' } } as const
const failure: Failure = {
  code: 'network',
  title: 'Unreachable',
  next: 'retry',
  detail: 'refused',
  retryable: true,
}

test('a failed message says why and can be tried again', async () => {
  const send = vi.spyOn(globalThis, 'fetch').mockResolvedValue(Response.json(message({ id: 9, version: 2 })))
  show({ ...ours, id: 9, status: 'failed', failure })
  expect(screen.getByText('WhatsApp could not be reached. Try again.')).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'Retry' }))
  await waitFor(() => expect(send).toHaveBeenCalledOnce())
  expect(send.mock.calls[0]?.[0]).toBe('/api/v1/messages/9/attempts')
})

test('what trying again cannot mend, and what is not ours to send, has no button', () => {
  show({ ...ours, status: 'failed', failure: { ...failure, retryable: false } })
  show({ ...ours, status: 'failed', failure }, { mayWrite: false })
  expect(screen.queryByRole('button', { name: 'Retry' })).toBeNull()
})

test('an unknown outcome is not called a failure', () => {
  show({ ...ours, status: 'unknown', failure: { ...failure, code: 'unknown_outcome' } })
  expect(screen.getByText(/^May have been sent: the connection broke/)).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Send again' })).toBeTruthy()
})

test('a quote leads to its message', () => {
  show({ reply_to: { id: 3, author: 'Marta', preview: 'Is it blue?' } })
  fireEvent.click(screen.getByRole('button', { name: /Is it blue/ }))
  expect(jumpTo).toHaveBeenCalledWith(3)
})

test('a note says that it is one, and by whom', () => {
  show({ ...ours, direction: 'note', kind: 'note', text: 'VIP', content: { type: 'note', mentions: [] } })
  expect(screen.getByText('Marta')).toBeTruthy()
  expect(screen.getByText(/Internal note/)).toBeTruthy()
})

test('what was deleted shows no words', () => {
  show({ deleted_at: '2026-11-22T10:05:00Z', text: 'secret' })
  expect(screen.getByText('Deleted by the customer')).toBeTruthy()
  expect(screen.queryByText('secret')).toBeNull()
})

test('a kind nobody knows is readable', () => {
  show({ kind: 'unsupported', text: null, content: { type: 'unsupported', name: 'poll' }, has_raw: true })
  expect(screen.getByText('A message of a kind this desk does not know: poll')).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Show raw' })).toBeTruthy()
})
