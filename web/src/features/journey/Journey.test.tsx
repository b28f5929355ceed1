import { fireEvent, screen, waitFor } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { keys } from '@/api/keys'
import { makeQueryClient } from '@/api/queries'
import type { JourneyEntry } from '@/api/types'
import { showInDesk } from '@/test/desk'
import Journey from './Journey'

function entry(over: Partial<JourneyEntry>): JourneyEntry {
  return {
    id: 1,
    started_at: '2026-11-20T10:00:00Z',
    closed_at: '2026-11-20T11:00:00Z',
    state: 'closed',
    disposition: { id: 1, path: ['Sale', 'Lamp'] },
    may_open: true,
    account: { id: 1, key: 'shop', name: 'Shop' },
    queue: { id: 1, name: 'Sales' },
    owner: { id: 1, name: 'Marta' },
    first_owner: { id: 2, name: 'Luca' },
    accepted_at: '2026-11-20T10:01:00Z',
    reopened_at: null,
    tags: ['VIP'],
    messages: 12,
    preview: 'Thank you',
    ...over,
  }
}

const hidden: Partial<JourneyEntry> = {
  id: 2,
  may_open: false,
  account: null,
  queue: null,
  owner: null,
  first_owner: null,
  accepted_at: null,
  tags: [],
  messages: null,
  preview: null,
}

async function show(items: JourneyEntry[]) {
  const asked = vi
    .spyOn(globalThis, 'fetch')
    .mockImplementation(async () => Response.json({ items, next: null, position: '1' }))
  const client = makeQueryClient()
  client.setQueryData(keys.collection('accounts'), [])
  await showInDesk(client, <Journey of={{ contact: 7 }} />)
  return asked
}

test('what one may not open shows when it was and how it ended, and leads nowhere', async () => {
  await show([entry(hidden)])
  expect(await screen.findByText('You may not read this one.')).toBeTruthy()
  expect(screen.getByText(/#2 · Closed · .*Sale › Lamp/)).toBeTruthy()
  expect(screen.queryByRole('link')).toBeNull()
  expect(screen.queryByRole('button', { name: 'Details of #2' })).toBeNull()
})

test('details are opened one by one, or all at once', async () => {
  await show([entry({})])
  const more = await screen.findByRole('button', { name: 'Details of #1' })
  expect(screen.queryByText('Luca')).toBeNull()
  fireEvent.click(more)
  for (const words of ['Marta', 'Luca', 'Sales', 'VIP', '12']) expect(screen.getByText(words)).toBeTruthy()
  expect(more.getAttribute('aria-expanded')).toBe('true')
  expect(screen.getByRole('link').getAttribute('href')).toBe('/interactions/1')
  fireEvent.click(screen.getByRole('switch', { name: 'Show details' }))
  expect(screen.getByText('Luca')).toBeTruthy()
  fireEvent.click(screen.getByRole('switch', { name: 'Show details' }))
  expect(screen.queryByText('Luca')).toBeNull()
})

test('nothing in the period offers all time', async () => {
  const asked = await show([])
  fireEvent.click(await screen.findByRole('button', { name: 'Show all time' }))
  await waitFor(() => expect(asked).toHaveBeenCalledTimes(2))
  expect(String(asked.mock.calls[0]?.[0])).toMatch(/^\/api\/v1\/contacts\/7\/journey\?from=/)
  expect(String(asked.mock.calls[1]?.[0])).not.toContain('from=')
})
