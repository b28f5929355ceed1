import { useCallback, useState } from 'react'

/** A state that belongs to one thing: for another one it begins anew, without what shows it being made anew. */
export function useStateOf<T>(of: unknown, initial: T): [T, (value: T) => void] {
  const [held, setHeld] = useState({ of, value: initial })
  const set = useCallback((value: T) => setHeld({ of, value }), [of])
  return [held.of === of ? held.value : initial, set]
}
