import { useEffect, useMemo, useRef } from 'react'
import { useProvide } from '@/commands/context'
import type { HandleName, ListHandle } from './handle'

/** Gives commands a handle that stays the same object while what it does changes: they read it when they are asked. */
export function useListHandle(name: HandleName, current: ListHandle): void {
  const held = useRef(current)
  useEffect(() => {
    held.current = current
  })
  const handle = useMemo(
    (): ListHandle => ({
      move: by => held.current.move(by),
      open: () => held.current.open(),
      thaw: () => held.current.thaw(),
      isStale: () => held.current.isStale(),
      focus: () => held.current.focus(),
      focusSearch: () => held.current.focusSearch(),
      toggleTable: () => held.current.toggleTable(),
      cursor: () => held.current.cursor(),
      picked: () => held.current.picked(),
      hasFocus: () => held.current.hasFocus(),
    }),
    [],
  )
  useProvide(useMemo(() => ({ [name]: handle }), [name, handle]))
}
