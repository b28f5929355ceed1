// Files on their way to the server, by the id of each. They leave as soon as they are chosen, so that sending is quick;
// what was broken off is handed in again under the same id.
import { useSyncExternalStore } from 'react'
import { api, url } from '@/api/client'
import { type ApiProblem, isProblem, mayPass, networkProblem } from '@/api/problem'
import { upload } from '@/api/upload'
import type { Picked } from './picked'

export interface UploadState {
  state: 'uploading' | 'done' | 'failed'
  /** 0 to 1. */
  done: number
  problem: ApiProblem | null
}

/** The server said no to the file itself: it will say so again. */
export function isRefused(upload: UploadState | undefined): boolean {
  return upload?.state === 'failed' && upload.problem !== null && !mayPass(upload.problem)
}

type Send = (file: Picked, onProgress: (done: number) => void, signal: AbortSignal) => Promise<void>

interface Running {
  promise: Promise<void>
  stop: AbortController
}

export class Uploads {
  private readonly send: Send
  private readonly running = new Map<string, Running>()
  private states: ReadonlyMap<string, UploadState> = new Map()
  private readonly listeners = new Set<() => void>()

  constructor(send: Send) {
    this.send = send
  }

  /** Resolves when the server has it. What runs is waited for; what has failed is tried again. */
  ensure(file: Picked): Promise<void> {
    if (this.states.get(file.id)?.state === 'done') return Promise.resolve()
    const known = this.running.get(file.id)
    if (known) return known.promise
    const stop = new AbortController()
    const promise = this.run(file, stop.signal)
    this.running.set(file.id, { promise, stop })
    return promise
  }

  /** Begins to hand it in; how it goes is told by its state. */
  begin(file: Picked): void {
    this.ensure(file).catch(() => {})
  }

  /** The server has it no longer, or need not have it. */
  forget(id: string): void {
    this.running.get(id)?.stop.abort()
    this.running.delete(id)
    this.put(id, null)
  }

  of = (id: string): UploadState | undefined => this.states.get(id)

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => {
      this.listeners.delete(listener)
    }
  }

  private async run(file: Picked, signal: AbortSignal): Promise<void> {
    const state = (change: Partial<UploadState>) => {
      if (signal.aborted) return
      const held = this.states.get(file.id) ?? { state: 'uploading' as const, done: 0, problem: null }
      this.put(file.id, { ...held, ...change })
    }
    state({ state: 'uploading', done: 0, problem: null })
    try {
      await this.send(file, done => state({ done }), signal)
      state({ state: 'done', done: 1 })
    } catch (error) {
      state({ state: 'failed', problem: isProblem(error) ? error : networkProblem(error) })
      throw error
    } finally {
      if (this.running.get(file.id)?.stop.signal === signal) this.running.delete(file.id)
    }
  }

  private put(id: string, state: UploadState | null): void {
    const next = new Map(this.states)
    if (state) next.set(id, state)
    else next.delete(id)
    this.states = next
    for (const listener of this.listeners) listener()
  }
}

export const uploads = new Uploads(handIn)

export function useUpload(id: string | undefined): UploadState | undefined {
  return useSyncExternalStore(uploads.subscribe, () => (id === undefined ? undefined : uploads.of(id)))
}

/** Nobody wants to send it any more. */
export function takeBack(file: Picked): void {
  uploads.forget(file.id)
  // Where this does not get through, the server forgets it after a day.
  void api.delete(`/uploads/${file.id}`).catch(() => {})
}

function handIn(file: Picked, onProgress: (done: number) => void, signal: AbortSignal): Promise<void> {
  const query = file.kind === 'voice' ? { voice: 1 } : { name: file.name }
  return upload('PUT', url(`/uploads/${file.id}`, query), file.blob, { onProgress, signal })
}
