// Words that come and go at the foot of the screen. For what failed inside a form use ErrorNote beside it.
export interface Toast {
  id: number
  tone: 'info' | 'success' | 'danger'
  words: string
  action?: { label: string; run: () => void }
}

let toasts: readonly Toast[] = []
let nextId = 1
const listeners = new Set<() => void>()

/** Says something; answers the id by which it can be taken back. */
export function toast(words: string, options: Partial<Omit<Toast, 'id' | 'words'>> = {}): number {
  const id = nextId++
  publish([...toasts.slice(-3), { tone: 'info', ...options, id, words }])
  return id
}

export function dismissToast(id: number): void {
  publish(toasts.filter(one => one.id !== id))
}

export function subscribeToasts(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function currentToasts(): readonly Toast[] {
  return toasts
}

function publish(next: readonly Toast[]) {
  toasts = next
  for (const listener of listeners) listener()
}
