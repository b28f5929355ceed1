import { InfiniteQueryObserver, useQuery, useQueryClient } from '@tanstack/react-query'
import { Activity, memo, startTransition, useEffect, useRef, useState } from 'react'
import { interactionQuery, threadQuery } from '@/api/queries'
import { useSession } from '@/features/signin/session'
import { useTabs } from '@/features/tabs/store'
import { keepShown, madeRoom } from './kept'
import { Thread } from './Thread'

interface Props {
  id: number
  /** The messages have been painted: what nobody sees yet can be drawn, what nobody needs can go. */
  isSettled: boolean
  onShown: (id: number) => void
}

/** The thread on screen. Those one comes from stay as they are behind it, so that going back costs a frame. */
export function Threads({ id, isSettled, onShown }: Props) {
  const client = useQueryClient()
  const { user } = useSession()
  const { tabs } = useTabs(user.id)
  const [held, setHeld] = useState<readonly number[]>([id])
  const kept = keepShown(held, id)
  if (kept !== held) setHeld(kept)
  useEffect(() => {
    if (isSettled) startTransition(() => setHeld(before => madeRoom(before, tabs)))
  }, [isSettled, tabs])
  // What is said in them is kept too, however long one is away.
  useEffect(() => {
    const stops = kept.map(one =>
      new InfiniteQueryObserver(client, { ...threadQuery(one), enabled: false }).subscribe(() => {}),
    )
    return () => {
      for (const stop of stops) stop()
    }
  }, [client, kept])
  // Always in the same order: one that is moved on the page forgets how far it was scrolled.
  return kept
    .toSorted((one, other) => one - other)
    .map(one => (
      <Activity key={one} mode={one === id ? 'visible' : 'hidden'}>
        <Kept id={one} isSettled={one !== id || isSettled} onShown={onShown} />
      </Activity>
    ))
}

const Kept = memo(function Kept({ id, isSettled, onShown }: Props) {
  const { data } = useQuery(interactionQuery(id))
  const wasSettled = useRef(false)
  if (isSettled) wasSettled.current = true
  return data && <Thread interaction={data} isSettled={wasSettled.current} onShown={onShown} />
})
