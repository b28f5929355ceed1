// Two windows of one person share what is kept in the browser. Each holds a lock with its name for as long as it
// lives, so that one does not send what the other is sending. Without locks (plain HTTP) both would send, and the
// server would keep one.
import { uuid } from '@/lib/uuid'

const prefix = 'pronto.window.'

export const windowId = uuid()

let isHeld = false

export function holdWindow(): void {
  if (isHeld || !navigator.locks) return
  isHeld = true
  void navigator.locks.request(prefix + windowId, () => new Promise(() => {}))
}

export async function openWindows(): Promise<Set<string>> {
  if (!navigator.locks) return new Set()
  const { held = [] } = await navigator.locks.query()
  return new Set(held.flatMap(({ name }) => (name?.startsWith(prefix) ? [name.slice(prefix.length)] : [])))
}
