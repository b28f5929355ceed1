// The event stream: a WebSocket that comes back by itself and goes on exactly where it was; long polling when a
// network lets no WebSocket through.
import type { ClientFrame, Frame, Position } from '@/api/types'

export type Connection = 'live' | 'catching-up' | 'offline'

export interface StreamOptions {
  onFrame: (frame: Frame) => void
  /** GET /api/v1/events?since= */
  poll: (since: Position, signal: AbortSignal) => Promise<{ events: Frame[]; position: Position }>
  open?: (since: Position) => WebSocket
}

// The server sends something every 15 s; two and a half missed beats are a dead line.
const silenceMs = 40_000
const failuresUntilPolling = 4
const pollingRoundMs = 60_000

export class Stream {
  private readonly options: StreamOptions
  private position: Position = ''
  private socket: WebSocket | undefined
  private state: Connection = 'catching-up'
  private failures = 0
  private retry: ReturnType<typeof setTimeout> | undefined
  private silence: ReturnType<typeof setTimeout> | undefined
  private polling: AbortController | undefined
  private watched: number | null = null
  private isStopped = true
  private readonly listeners = new Set<() => void>()

  constructor(options: StreamOptions) {
    this.options = options
  }

  start(position: Position): void {
    if (!this.isStopped) return
    this.isStopped = false
    this.position = position
    this.failures = 0
    window.addEventListener('online', this.hurry)
    window.addEventListener('offline', this.lost)
    document.addEventListener('visibilitychange', this.hurry)
    this.connect()
  }

  stop(): void {
    this.isStopped = true
    window.removeEventListener('online', this.hurry)
    window.removeEventListener('offline', this.lost)
    document.removeEventListener('visibilitychange', this.hurry)
    this.hangUp()
    this.polling?.abort()
    this.polling = undefined
    clearTimeout(this.retry)
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  connection = (): Connection => this.state

  /** Tells the others what is on screen here; said again after each reconnection. */
  watch(interactionId: number | null): void {
    this.watched = interactionId
    this.say({ type: 'watch', interaction_id: interactionId })
  }

  typing(interactionId: number): void {
    this.say({ type: 'typing', interaction_id: interactionId })
  }

  private say(frame: ClientFrame): void {
    if (this.socket?.readyState === 1) this.socket.send(JSON.stringify(frame))
  }

  private connect(): void {
    clearTimeout(this.retry)
    this.hangUp()
    const socket = (this.options.open ?? openSocket)(this.position)
    this.socket = socket
    this.listen()
    socket.onopen = () => {
      this.polling?.abort()
      this.polling = undefined
      this.become('catching-up')
      if (this.watched !== null) this.watch(this.watched)
    }
    socket.onmessage = event => {
      this.listen()
      this.take(JSON.parse(String(event.data)) as Frame)
      // The browser said the network was gone, and it is not.
      if (this.state === 'offline') this.become('live')
    }
    socket.onclose = () => this.dropped()
  }

  private take(frame: Frame): void {
    this.options.onFrame(frame)
    if (frame.type === 'hello') {
      this.failures = 0
      this.become('live')
      // With a position of our own, what was missed is still to come: only its frames move us on.
      if (this.position) return
    }
    if ('position' in frame) this.position = frame.position
  }

  private dropped(): void {
    if (this.isStopped) return
    this.hangUp()
    this.failures++
    if (!this.polling) this.become(this.failures > 1 || !navigator.onLine ? 'offline' : 'catching-up')
    if (this.failures >= failuresUntilPolling) this.startPolling()
    this.retry = setTimeout(() => this.connect(), this.polling ? pollingRoundMs : backOff(this.failures))
  }

  private startPolling(): void {
    if (this.polling) return
    const polling = new AbortController()
    this.polling = polling
    void this.pollOn(polling.signal)
  }

  private async pollOn(signal: AbortSignal): Promise<void> {
    let failures = 0
    while (!signal.aborted) {
      try {
        const { events, position } = await this.options.poll(this.position, signal)
        if (signal.aborted) return
        for (const frame of events) this.take(frame)
        this.position = position
        failures = 0
        this.become('live')
      } catch {
        if (signal.aborted) return
        this.become('offline')
        failures++
        await new Promise(resolve => setTimeout(resolve, backOff(failures)))
      }
    }
  }

  /** The network is back, or somebody looks again: no reason to wait out the delay. */
  private readonly hurry = () => {
    if (document.visibilityState === 'visible' && !this.socket && !this.polling) this.connect()
  }

  private readonly lost = () => {
    this.become('offline')
  }

  private listen(): void {
    clearTimeout(this.silence)
    this.silence = setTimeout(() => this.dropped(), silenceMs)
  }

  private hangUp(): void {
    clearTimeout(this.silence)
    const socket = this.socket
    this.socket = undefined
    if (!socket) return
    socket.onopen = socket.onmessage = socket.onclose = null
    socket.close()
  }

  private become(state: Connection): void {
    if (state === this.state) return
    this.state = state
    for (const listener of this.listeners) listener()
  }
}

/** Half of it by chance, so that a restarted server is not met by everybody at once. */
function backOff(failures: number): number {
  const most = Math.min(30_000, 500 * 2 ** Math.min(failures, 6))
  return most / 2 + (Math.random() * most) / 2
}

function openSocket(since: Position): WebSocket {
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws'
  return new WebSocket(`${scheme}://${location.host}/api/v1/stream?since=${encodeURIComponent(since)}`)
}
