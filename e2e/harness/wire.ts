// The line between one page and the server, to be cut or stopped up by a story.
import type { Page, WebSocketRoute } from '@playwright/test'

export class Wire {
  private readonly page: Page
  private isCut = false
  private isHeld = false
  private readonly open = new Set<WebSocketRoute>()
  private waiting: (() => void)[] = []

  private constructor(page: Page) {
    this.page = page
  }

  /** Before the page opens anything. */
  static async of(page: Page): Promise<Wire> {
    const wire = new Wire(page)
    await page.routeWebSocket(/\/api\/v1\/stream/, socket => wire.join(socket))
    return wire
  }

  private join(socket: WebSocketRoute): void {
    if (this.isCut) {
      void socket.close({ code: 3001 })
      return
    }
    const server = socket.connectToServer()
    this.open.add(socket)
    server.onMessage(message => {
      const hand = () => socket.send(message)
      if (this.isHeld) this.waiting.push(hand)
      else hand()
    })
    socket.onClose(() => this.open.delete(socket))
  }

  /** No request gets through and the stream breaks. */
  async cut(): Promise<void> {
    this.isCut = true
    await this.page.context().setOffline(true)
    for (const socket of this.open) await socket.close({ code: 3001 })
    this.open.clear()
  }

  async mend(): Promise<void> {
    this.isCut = false
    await this.page.context().setOffline(false)
  }

  /** The stream stays up, but what the server says waits: the screen shows a moment that is past. */
  hold(): void {
    this.isHeld = true
  }

  release(): void {
    this.isHeld = false
    for (const hand of this.waiting) hand()
    this.waiting = []
  }
}
