import { configure, fireEvent, screen, waitFor } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { keys } from '@/api/keys'
import { makeQueryClient } from '@/api/queries'
import type { Contact, ContactField } from '@/api/types'
import { showInDesk } from '@/test/desk'
import { contactField } from '@/test/fixtures'
import { OwnFields } from './OwnFields'

configure({ asyncUtilTimeout: 4_000 })
vi.setConfig({ testTimeout: 15_000 })

let id = 0
const field = (key: string, name: string, kind: ContactField['kind']) =>
  contactField({ id: ++id, key, name, kind, options: kind === 'select' ? ['Gold', 'Silver'] : [] })
const fields = [
  field('city', 'City', 'text'),
  field('seats', 'Seats', 'number'),
  field('vip', 'VIP', 'switch'),
  field('plan', 'Plan', 'select'),
  field('iban', 'IBAN', 'text'),
]

async function show(contact: Partial<Contact>, mayEdit = true) {
  const client = makeQueryClient()
  client.setQueryData(keys.collection('contact_fields'), fields)
  const whole = { id: 1, list_id: 1, version: 1, masked: [], fields: {}, ...contact } as unknown as Contact
  const onSave = vi.fn(async () => {})
  await showInDesk(client, <OwnFields contact={whole} mayEdit={mayEdit} onSave={onSave} />)
  return onSave
}

test('each kind is changed by what fits it, and only that field is sent', async () => {
  const onSave = await show({ fields: { city: 'Torino', vip: false } })
  fireEvent.click(await screen.findByRole('button', { name: /City: Torino$/ }))
  const city = await screen.findByRole('textbox', { name: 'City' })
  fireEvent.change(city, { target: { value: 'Roma ' } })
  fireEvent.keyDown(city, { key: 'Enter' })
  await waitFor(() => expect(onSave).toHaveBeenLastCalledWith({ city: 'Roma' }))

  fireEvent.click(screen.getByRole('switch', { name: 'VIP' }))
  await waitFor(() => expect(onSave).toHaveBeenLastCalledWith({ vip: true }))

  fireEvent.click(screen.getByRole('button', { name: /Seats: / }))
  const seats = await screen.findByRole('textbox', { name: 'Seats' })
  fireEvent.change(seats, { target: { value: 'many' } })
  fireEvent.keyDown(seats, { key: 'Enter' })
  await screen.findByText(/^Seats is a number/)
  fireEvent.change(seats, { target: { value: '4,5' } })
  fireEvent.keyDown(seats, { key: 'Enter' })
  await waitFor(() => expect(onSave).toHaveBeenLastCalledWith({ seats: 4.5 }))
})

test('what is masked is shown as it is and opens no field', async () => {
  await show({ fields: { iban: '•••' }, masked: ['fields.iban'] })
  const hidden = await screen.findByRole('button', { name: /^IBAN: •••/ })
  fireEvent.click(hidden)
  expect(screen.queryByRole('textbox')).toBeNull()
})

test('who may not edit reads, and finds nothing to press', async () => {
  await show({ fields: { city: 'Torino', vip: true, plan: 'Gold' } }, false)
  await screen.findByText('Torino')
  expect(screen.getByText('Yes')).toBeTruthy()
  expect(screen.getByText('Gold')).toBeTruthy()
  expect(screen.queryByRole('switch')).toBeNull()
  expect(screen.queryByRole('button')).toBeNull()
})
