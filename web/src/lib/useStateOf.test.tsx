import { act, renderHook } from '@testing-library/react'
import { expect, test } from 'vitest'
import { useStateOf } from './useStateOf'

test('a state begins anew for another thing, and is not there again for the first', () => {
  const { result, rerender } = renderHook(({ of }) => useStateOf(of, 'begun'), { initialProps: { of: 1 } })
  act(() => result.current[1]('changed'))
  expect(result.current[0]).toBe('changed')
  rerender({ of: 2 })
  expect(result.current[0]).toBe('begun')
  act(() => result.current[1]('of the second'))
  rerender({ of: 1 })
  expect(result.current[0]).toBe('begun')
})
