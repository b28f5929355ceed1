import { act, renderHook } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { askToShow, useAsked } from './asked'

test('a message is shown once its thread is there, and only once', () => {
  const show = vi.fn()
  askToShow(7, 70)
  const { rerender } = renderHook(({ id }: { id: number | null }) => useAsked(id, show), {
    initialProps: { id: null as number | null },
  })
  rerender({ id: 8 })
  expect(show).not.toHaveBeenCalled()
  rerender({ id: 7 })
  expect(show.mock.calls).toEqual([[70]])
  rerender({ id: null })
  rerender({ id: 7 })
  expect(show).toHaveBeenCalledOnce()
  // And at once where it is on screen already.
  act(() => askToShow(7, 71))
  expect(show).toHaveBeenLastCalledWith(71)
})
