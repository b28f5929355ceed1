import { fireEvent, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { keys } from '@/api/keys'
import { makeQueryClient } from '@/api/queries'
import type { Session } from '@/api/types'
import { showInDesk } from '@/test/desk'
import { session } from '@/test/fixtures'
import { ContactCards } from './ContactCards'

const cards = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    name: `Person ${index}`,
    organisation: null,
    phones: ['+39 06 555 0100'],
    emails: [],
  }))

async function show(count: number) {
  const client = makeQueryClient()
  client.setQueryData<Session>(keys.session, session())
  await showInDesk(client, <ContactCards messageId={1} cards={cards(count)} />)
}
const people = () => screen.getAllByText(/^Person \d+$/)

test('ten cards stand open, and the rest is asked for', async () => {
  await show(30)
  expect(people()).toHaveLength(10)
  fireEvent.click(screen.getByRole('button', { name: 'Show all 30' }))
  expect(people()).toHaveLength(30)
})

test('an address book opens in steps', async () => {
  await show(112)
  fireEvent.click(screen.getByText('Show 100 more of 112'))
  expect(people()).toHaveLength(110)
  fireEvent.click(screen.getByText('Show all 112'))
  expect(people()).toHaveLength(112)
})

test('a few cards are simply there', async () => {
  await show(10)
  expect(people()).toHaveLength(10)
  expect(screen.queryByRole('button', { name: /^Show all/ })).toBeNull()
})
