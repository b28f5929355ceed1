import { useEffect, useRef } from 'react'

/** Of several windows of one person only one sounds for `what`: the one that holds the lock. */
export function useRinger(what: string): { readonly current: boolean } {
  const isRinger = useRef(!navigator.locks)
  useEffect(() => {
    if (!navigator.locks) return
    const leaving = new AbortController()
    const held = new Promise<void>(resolve => leaving.signal.addEventListener('abort', () => resolve()))
    navigator.locks
      .request(`pronto.ringer.${what}`, { signal: leaving.signal }, () => {
        isRinger.current = true
        return held
      })
      .catch(() => {})
    return () => {
      isRinger.current = false
      leaving.abort()
    }
  }, [what])
  return isRinger
}
