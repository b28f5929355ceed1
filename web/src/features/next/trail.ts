// Where the next key has led: what it passes over, and the way back. Pure.

export interface Trail {
  /** Looked at in this round, so that pressing again leads on. */
  seen: readonly number[]
  /** Where one was before each jump. */
  back: readonly string[]
}

export const start: Trail = { seen: [], back: [] }

/** As many as the server passes over. */
const atMost = 50
const backAtMost = 20

export function jumped(trail: Trail, from: string, to: number): Trail {
  return {
    seen: [...trail.seen.filter(id => id !== to), to].slice(-atMost),
    back: [...trail.back, from].slice(-backAtMost),
  }
}

/** Everything was looked at: the round begins anew. */
export function anew(trail: Trail): Trail {
  return { ...trail, seen: [] }
}

export function undone(trail: Trail): { trail: Trail; to: string | null } {
  return {
    trail: { seen: trail.seen.slice(0, -1), back: trail.back.slice(0, -1) },
    to: trail.back.at(-1) ?? null,
  }
}
