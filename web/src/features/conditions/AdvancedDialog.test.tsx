import { QueryClientProvider } from '@tanstack/react-query'
import { fireEvent, render, screen } from '@testing-library/react'
import { beforeEach, expect, test, vi } from 'vitest'
import { keys } from '@/api/keys'
import { makeQueryClient } from '@/api/queries'
import type { ContactField, Session } from '@/api/types'
import type { InteractionSearch } from '@/features/interactions/search'
import { contactField, session } from '@/test/fixtures'
import AdvancedDialog from './AdvancedDialog'

const onChange = vi.fn<(next: InteractionSearch) => void>()

beforeEach(() => {
  onChange.mockReset()
  vi.spyOn(globalThis, 'fetch').mockImplementation(async () => Response.json([]))
})

const own = [
  contactField({ key: 'plan', name: 'Plan', kind: 'select', options: ['Gold', 'Silver'] }),
  contactField({ key: 'seats', name: 'Seats', kind: 'number' }),
  contactField({ key: 'town', name: 'Town', archived: true }),
  contactField({ key: 'code', name: 'Code', hidden: true }),
]

function show(search: InteractionSearch) {
  const client = makeQueryClient()
  client.setQueryData<Session>(keys.session, session())
  client.setQueryData<ContactField[]>(keys.collection('contact_fields'), own)
  render(
    <QueryClientProvider client={client}>
      <AdvancedDialog about="interaction" search={search} onChange={onChange} onClose={() => {}} />
    </QueryClientProvider>,
  )
}

test('conditions and groups are put together, and what is not complete is said', async () => {
  show({ state: 'all' })
  fireEvent.click(screen.getByRole('button', { name: 'Search' }))
  expect(await screen.findByText('Some conditions are not complete. Complete or remove them.')).toBeTruthy()
  expect(onChange).not.toHaveBeenCalled()

  fireEvent.change(screen.getByRole('textbox', { name: 'Contact: what' }), { target: { value: 'maria' } })
  fireEvent.click(screen.getByRole('button', { name: 'Add group' }))
  const [, second] = screen.getAllByRole('textbox', { name: 'Contact: what' })
  if (second) fireEvent.change(second, { target: { value: 'ross' } })
  fireEvent.click(screen.getByRole('button', { name: 'Search' }))
  expect(onChange).toHaveBeenCalledWith({
    state: 'all',
    expression: {
      all: [
        { field: 'customer', op: 'contains', value: 'maria' },
        { any: [{ field: 'customer', op: 'contains', value: 'ross' }] },
      ],
    },
  })
})

test('what is searched for is there to be changed, and conditions are taken away', async () => {
  show({
    expression: {
      any: [
        { field: 'message', op: 'contains', value: 'refund' },
        { field: 'started', op: 'last_days', value: 7 },
      ],
    },
  })
  expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Message: what' }).value).toBe('refund')
  fireEvent.click(screen.getByRole('button', { name: 'Remove condition: Message' }))
  fireEvent.click(screen.getByRole('button', { name: 'Search' }))
  expect(onChange).toHaveBeenCalledWith({
    expression: { any: [{ field: 'started', op: 'last_days', value: 7 }] },
  })
  fireEvent.click(screen.getByRole('button', { name: 'Clear search' }))
  expect(onChange).toHaveBeenLastCalledWith({ expression: undefined })
})

test('custom fields are among what can be asked, but for those that are put away or hidden', async () => {
  show({
    expression: {
      all: [
        { field: 'contact.fields.plan', op: 'any_of', value: ['Gold', 'Bronze'] },
        { field: 'contact.fields.seats', op: 'above', value: 2.5 },
        { field: 'contact.fields.town', op: 'is', value: 'Turin' },
      ],
    },
  })
  fireEvent.change(screen.getByRole('spinbutton', { name: 'Seats: what' }), { target: { value: '12.25' } })
  expect(screen.getByRole('button', { name: 'Plan: what: Gold, Bronze' })).toBeTruthy()
  const [first] = screen.getAllByRole('button', { name: /Field$/ })
  if (first) fireEvent.click(first)
  const names = (await screen.findAllByRole('option')).map(option => option.textContent)
  expect(names).toEqual(expect.arrayContaining(['Contact', 'Plan', 'Seats']))
  expect(names.filter(name => /Town|Code/.test(name ?? ''))).toEqual([])
  fireEvent.click(screen.getByRole('option', { name: 'Plan' }))
  fireEvent.click(screen.getByRole('button', { name: 'Remove condition: Town (archived)' }))
  fireEvent.click(screen.getByRole('button', { name: 'Search' }))
  expect(onChange).toHaveBeenCalledWith({
    expression: {
      all: [
        { field: 'contact.fields.plan', op: 'any_of', value: ['Gold', 'Bronze'] },
        { field: 'contact.fields.seats', op: 'above', value: 12.25 },
      ],
    },
  })
})
