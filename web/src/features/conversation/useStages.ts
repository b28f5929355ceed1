// What a conversation draws in its first frame is what one waits for: the messages. The rest follows them.
import { startTransition, useCallback, useEffect, useRef, useState } from 'react'
import { afterPaint } from '@/lib/afterPaint'

/** Messages that take longer than this to come are not waited for. */
const patienceMs = 200

export interface Stages {
  /** The conversation whose messages were painted last; until the first is, nothing else is drawn. */
  settled: number | null
  /** Called when the messages of a conversation are on the page. */
  settle: (id: number) => void
}

export function useStages(id: number): Stages {
  const [settled, setSettled] = useState<number | null>(null)
  const stop = useRef(() => {})
  const settle = useCallback((of: number) => {
    stop.current()
    stop.current = afterPaint(() => startTransition(() => setSettled(of)))
  }, [])
  useEffect(() => {
    const timer = setTimeout(() => startTransition(() => setSettled(id)), patienceMs)
    return () => {
      clearTimeout(timer)
      stop.current()
    }
  }, [id])
  return { settled, settle }
}
