// What somebody has begun to write, for each interaction. In memory at once, in IndexedDB a moment later, so that it
// survives a change of tab, a reload and a lost connection.
import { useSyncExternalStore } from 'react'
import type { Message } from '@/api/types'
import type { Picked } from './files/picked'
import { type Kept, keptIn } from './store'
import type { Mention } from './suggest/mentions'

export interface Draft {
  text: string
  /** An internal note: the whole box is amber, and it never goes to the customer. */
  isNote: boolean
  /** The message it answers. */
  quote: Message | null
  /** Colleagues chosen for a note; those whose name still stands in it are told. */
  mentions: readonly Mention[]
  /** Goes with the next message; a note has none. */
  file: Picked | null
}

export const emptyDraft: Draft = { text: '', isNote: false, quote: null, mentions: [], file: null }

const saveAfterMs = 250

export class Drafts {
  private readonly held = new Map<number, Draft>()
  private readonly unsaved = new Map<number, ReturnType<typeof setTimeout>>()
  private readonly listeners = new Set<() => void>()
  private readonly kept: Kept<Draft>
  /** Apart from the words, which change with every key. */
  private readonly keptFiles: Kept<Picked>
  private userId = 0

  constructor(kept: Kept<Draft>, keptFiles: Kept<Picked>) {
    this.kept = kept
    this.keptFiles = keptFiles
  }

  /** Reads what this person left; what was written meanwhile is newer and stays. */
  async open(userId: number): Promise<void> {
    if (userId === this.userId) return
    this.flush()
    this.held.clear()
    this.userId = userId
    this.tell()
    const [left, files] = await Promise.all([this.kept.load(), this.keptFiles.load()])
    const file = new Map(files)
    for (const key of new Set([...left.map(([key]) => key), ...file.keys()])) {
      const [owner, id] = key.split(':').map(Number)
      if (owner !== this.userId || userId !== this.userId || !id || this.held.has(id)) continue
      this.held.set(id, { ...emptyDraft, ...new Map(left).get(key), file: file.get(key) ?? null })
    }
    this.tell()
  }

  get = (interactionId: number): Draft => this.held.get(interactionId) ?? emptyDraft

  change(interactionId: number, change: Partial<Draft>): void {
    const before = this.get(interactionId)
    this.held.set(interactionId, { ...before, ...change })
    if (change.file !== undefined && change.file !== before.file) {
      const key = this.key(interactionId)
      void (change.file ? this.keptFiles.save(key, change.file) : this.keptFiles.remove(key))
    }
    clearTimeout(this.unsaved.get(interactionId))
    this.unsaved.set(
      interactionId,
      setTimeout(() => this.save(interactionId), saveAfterMs),
    )
    this.tell()
  }

  /** Writes what waits to be written: the page may be about to go. */
  flush = (): void => {
    for (const id of [...this.unsaved.keys()]) this.save(id)
  }

  /** Whoever signs out leaves nothing of what they began in this browser. */
  async forget(userId: number): Promise<void> {
    for (const timer of this.unsaved.values()) clearTimeout(timer)
    this.unsaved.clear()
    this.held.clear()
    this.tell()
    for (const kept of [this.kept, this.keptFiles]) {
      for (const [key] of await kept.load()) if (key.startsWith(`${userId}:`)) await kept.remove(key)
    }
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => {
      this.listeners.delete(listener)
    }
  }

  private save(interactionId: number): void {
    clearTimeout(this.unsaved.get(interactionId))
    this.unsaved.delete(interactionId)
    const draft = this.get(interactionId)
    const key = this.key(interactionId)
    if (draft.text.trim() || draft.quote) void this.kept.save(key, { ...draft, file: null })
    else void this.kept.remove(key)
  }

  private key(interactionId: number): string {
    return `${this.userId}:${interactionId}`
  }

  private tell(): void {
    for (const listener of this.listeners) listener()
  }
}

export const drafts = new Drafts(keptIn('drafts'), keptIn('files'))

export function useDraft(interactionId: number): Draft {
  return useSyncExternalStore(drafts.subscribe, () => drafts.get(interactionId))
}

/** For lists and tabs: whether something is begun there. */
export function useHasDraft(interactionId: number): boolean {
  return useSyncExternalStore(drafts.subscribe, () => {
    const { text, file } = drafts.get(interactionId)
    return file !== null || text.trim() !== ''
  })
}
