// What one has read is told at once; what comes within a moment of that is told together.

const moment = 2_000

interface Waiting {
  through: number
  send: () => Promise<unknown>
  resolve: (told: Promise<unknown> | undefined) => void
}

/** By interaction: what was read since it was last told; null when nothing was. */
const waiting = new Map<number, Waiting | null>()

/** Done when it was told, or when something later was told instead. */
export function tellRead(id: number, through: number, send: () => Promise<unknown>): Promise<unknown> {
  const held = waiting.get(id)
  if (held === undefined) {
    waiting.set(id, null)
    setTimeout(() => next(id), moment)
    return send()
  }
  if (held && held.through > through) return Promise.resolve()
  held?.resolve(undefined)
  return new Promise(resolve => waiting.set(id, { through, send, resolve }))
}

/** What one marks unread is not told as read after all. */
export function forgetReading(id: number): void {
  const held = waiting.get(id)
  if (!held) return
  held.resolve(undefined)
  waiting.set(id, null)
}

function next(id: number): void {
  const held = waiting.get(id)
  if (!held) {
    waiting.delete(id)
    return
  }
  waiting.set(id, null)
  setTimeout(() => next(id), moment)
  held.resolve(held.send())
}
