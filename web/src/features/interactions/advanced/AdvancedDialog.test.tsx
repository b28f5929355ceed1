import { QueryClientProvider } from '@tanstack/react-query'
import { fireEvent, render, screen } from '@testing-library/react'
import { beforeEach, expect, test, vi } from 'vitest'
import { keys } from '@/api/keys'
import { makeQueryClient } from '@/api/queries'
import type { Session } from '@/api/types'
import { session } from '@/test/fixtures'
import type { InteractionSearch } from '../search'
import AdvancedDialog from './AdvancedDialog'

const onChange = vi.fn<(next: InteractionSearch) => void>()

beforeEach(() => {
  onChange.mockReset()
  vi.spyOn(globalThis, 'fetch').mockImplementation(async () => Response.json([]))
})

function show(search: InteractionSearch) {
  const client = makeQueryClient()
  client.setQueryData<Session>(keys.session, session())
  render(
    <QueryClientProvider client={client}>
      <AdvancedDialog search={search} onChange={onChange} onClose={() => {}} />
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
