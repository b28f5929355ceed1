// What was sent but not yet taken by the server: in order for each interaction, tried again with the same client_id
// until the server has it, kept in IndexedDB meanwhile. The server stores a client_id once, so trying again after an
// unheard answer never doubles a message.
import { isProblem, mayPass } from '@/api/problem'
import type { Message, Problem, SendMessage } from '@/api/types'
import type { Picked } from './files/picked'
import type { Kept } from './store'

export interface Entry {
  clientId: string
  /** The window it was written in. */
  window: string
  userId: number
  interactionId: number
  /** Orders what one person writes; also the (negative) id of its bubble. */
  number: number
  at: string
  kind: 'text' | 'note' | 'file'
  text: string
  replyTo: Message['reply_to']
  seenThrough: number | null
  confirm: boolean
  /** What is sent with it; kept here until the server has it. */
  file?: Picked
  /** Of a note: colleagues who are to look at it. */
  mentions?: number[]
  /** `waiting` for the connection; `refused` with the server's reason. */
  state: 'sending' | 'waiting' | 'refused'
  /** Whether it ever left: then the server may have it, and only sending it again can tell. */
  wasTried: boolean
  problem: Pick<Problem, 'code' | 'params'> | null
  version: number
}

export interface OutboxOptions {
  kept: Kept<Entry>
  post: (interactionId: number, body: SendMessage, file: Picked | undefined) => Promise<Message>
  /** A new or changed entry, for its bubble. */
  onChange: (entry: Entry) => void
  onSent: (message: Message, entry: Entry) => void
  /** It leaves without being sent. */
  onDrop: (entry: Entry) => void
  /** The customer wrote again before these; they left the outbox, in order. */
  onStale: (interactionId: number, entries: Entry[], newer: Message[]) => void
  /** Tells the entries of windows that are gone from those another window is sending. */
  orphans?: () => Promise<(entry: Entry) => boolean>
  /** Milliseconds until the next try after so many failures. */
  backOff?: (failures: number) => number
}

export class Outbox {
  private readonly options: OutboxOptions
  private entries: Entry[] = []
  /** Interactions whose next entry is under way: one at a time keeps the order. */
  private readonly busy = new Set<number>()
  private retry: ReturnType<typeof setTimeout> | undefined
  private failures = 0
  private userId = 0

  constructor(options: OutboxOptions) {
    this.options = options
  }

  /** Goes on with what this person left behind; asked again, with what other windows left that are closed now. */
  async open(userId: number): Promise<void> {
    if (userId !== this.userId) this.close()
    this.userId = userId
    const left = await this.options.kept.load()
    const isOrphan = (await this.options.orphans?.()) ?? (() => true)
    if (userId !== this.userId) return
    const known = new Set(this.entries.map(({ clientId }) => clientId))
    const mine = left
      .map(([, entry]) => entry)
      .filter(entry => entry.userId === userId && !known.has(entry.clientId) && isOrphan(entry))
      .map(entry => (entry.state === 'refused' ? entry : { ...entry, state: 'waiting' as const }))
    this.entries = [...mine, ...this.entries].sort((a, b) => a.number - b.number)
    for (const entry of mine) this.options.onChange(entry)
    this.resume()
  }

  /** Signed out: what is left stays in the browser until the person is back. */
  close(): void {
    clearTimeout(this.retry)
    this.userId = 0
    this.entries = []
  }

  of(interactionId: number): readonly Entry[] {
    return this.entries.filter(entry => entry.interactionId === interactionId)
  }

  all = (): readonly Entry[] => this.entries

  send(message: Omit<Entry, 'number' | 'userId' | 'state' | 'wasTried' | 'problem' | 'version'>): void {
    const last = Math.max(0, ...this.entries.map(({ number }) => number))
    const entry: Entry = {
      ...message,
      // Grows with the time, so that it also orders across reloads.
      number: Math.max(last + 1, Date.now()),
      userId: this.userId,
      state: 'sending',
      wasTried: false,
      problem: null,
      version: 1,
    }
    this.entries = [...this.entries, entry]
    void this.options.kept.save(entry.clientId, entry)
    this.options.onChange(entry)
    void this.drain(entry.interactionId)
  }

  /** The connection may be back. */
  resume = (): void => {
    clearTimeout(this.retry)
    for (const id of new Set(this.entries.map(entry => entry.interactionId))) void this.drain(id)
  }

  /** Tries a refused one again. */
  again(clientId: string): void {
    const entry = this.find(clientId)
    if (entry?.state !== 'refused') return
    // Whoever sends it again has seen what the customer wrote.
    const confirm = entry.confirm || entry.problem?.code === 'stale_reply'
    this.change(entry, { state: 'sending', problem: null, confirm })
    void this.drain(entry.interactionId)
  }

  /** Takes one back, if it is certain that the server has it not. */
  takeBack(clientId: string): Entry | null {
    const entry = this.find(clientId)
    if (!entry || !mayTakeBack(entry)) return null
    this.remove(entry)
    this.options.onDrop(entry)
    return entry
  }

  private async drain(interactionId: number): Promise<void> {
    const entry = this.of(interactionId).find(({ state }) => state !== 'refused')
    if (!entry || this.busy.has(interactionId)) return
    this.busy.add(interactionId)
    const sending = this.change(entry, { state: 'sending', wasTried: true })
    try {
      const message = await this.options.post(interactionId, bodyOf(sending), sending.file)
      this.failures = 0
      this.remove(sending)
      this.options.onSent(message, sending)
    } catch (error) {
      if (this.failed(sending, error)) return
    } finally {
      this.busy.delete(interactionId)
    }
    void this.drain(interactionId)
  }

  /** Answers whether those behind it have to wait. */
  private failed(entry: Entry, error: unknown): boolean {
    // Signed out while it was under way: it stays in the browser.
    if (!this.find(entry.clientId)) return true
    if (mayPass(error)) {
      this.change(entry, { state: 'waiting' })
      this.failures++
      clearTimeout(this.retry)
      this.retry = setTimeout(this.resume, (this.options.backOff ?? backOff)(this.failures))
      return true
    }
    if (isProblem(error, 'stale_reply')) {
      // What was written after it was written just as blindly.
      const blind = this.of(entry.interactionId).filter(
        ({ kind, state }) => kind !== 'note' && state !== 'refused',
      )
      // The box has room for one file; the others wait where they stand.
      const first = blind.find(({ kind }) => kind === 'file')
      const back = blind.filter(one => one.kind === 'text' || one === first)
      for (const one of blind) {
        if (back.includes(one)) {
          this.remove(one)
          this.options.onDrop(one)
        } else this.change(one, { state: 'refused', problem: { code: error.code, params: {} } })
      }
      this.options.onStale(entry.interactionId, back, newerOf(error.params))
    } else {
      const problem = isProblem(error)
        ? { code: error.code, params: error.params }
        : { code: 'desk', params: { detail: String(error) } }
      this.change(entry, { state: 'refused', problem })
    }
    return false
  }

  private find(clientId: string): Entry | undefined {
    return this.entries.find(entry => entry.clientId === clientId)
  }

  private change(entry: Entry, change: Partial<Entry>): Entry {
    const next = { ...entry, ...change, version: entry.version + 1 }
    this.entries = this.entries.map(one => (one.clientId === entry.clientId ? next : one))
    void this.options.kept.save(next.clientId, next)
    this.options.onChange(next)
    return next
  }

  private remove(entry: Entry): void {
    this.entries = this.entries.filter(one => one.clientId !== entry.clientId)
    void this.options.kept.remove(entry.clientId)
  }
}

/** What never left, or what the server said no to, is certainly not with the customer. */
export function mayTakeBack(entry: Entry): boolean {
  return entry.state === 'refused' || !entry.wasTried
}

export function bodyOf(entry: Entry): SendMessage {
  const { clientId, kind, text, replyTo, seenThrough, confirm, file, mentions = [] } = entry
  return {
    client_id: clientId,
    kind,
    text,
    reply_to: replyTo?.id ?? null,
    seen_through: seenThrough,
    ...(confirm ? { confirm } : {}),
    ...(mentions.length > 0 ? { mentions } : {}),
    ...(file ? { upload_id: file.id } : {}),
  }
}

function newerOf(params: Record<string, unknown>): Message[] {
  return Array.isArray(params.messages) ? (params.messages as Message[]) : []
}

function backOff(failures: number): number {
  return Math.min(30_000, 1_000 * 2 ** Math.min(failures - 1, 5))
}
