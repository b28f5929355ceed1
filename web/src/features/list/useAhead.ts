// What somebody is about to open is asked for while they come to rest on it: by the time they press, it is there.
import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { type PointerEvent, useEffect, useMemo } from 'react'

/** Who only passes over a row does not stay so long. */
const restMs = 60

export type AskAhead = (client: QueryClient, id: number) => void

/** Listeners for the grid: `idOf` finds what an element belongs to, `ask` reads it. Both stay the same. */
export function useAhead(cursor: number | null, idOf: (element: Element) => number | null, ask: AskAhead) {
  const client = useQueryClient()
  useEffect(() => {
    if (cursor === null) return
    const timer = setTimeout(() => ask(client, cursor), restMs)
    return () => clearTimeout(timer)
  }, [client, cursor, ask])
  return useMemo(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const under = (event: PointerEvent) => idOf(event.target as Element)
    return {
      onPointerOver: (event: PointerEvent) => {
        clearTimeout(timer)
        const id = under(event)
        if (id !== null) timer = setTimeout(() => ask(client, id), restMs)
      },
      onPointerOut: () => clearTimeout(timer),
      onPointerDown: (event: PointerEvent) => {
        clearTimeout(timer)
        const id = under(event)
        if (id !== null && event.button === 0) ask(client, id)
      },
    }
  }, [client, idOf, ask])
}
