// Time as the page itself sees it: from what a person does to the frame in which the answer stands.
import type { Page } from '@playwright/test'
import { en } from './words.ts'

const thread = en.say('conversation_thread')

interface Watched {
  /** When the person did it, and when it was painted; of this page's own clock, and of the machine's. */
  from: number
  painted: number
  paintedAt: number
}

declare global {
  interface Window {
    prontoClock: {
      watch: (thread: string, text: string) => void
      seen: () => Promise<Watched>
      keys: number[]
      longest: number
    }
  }
}

export class PageClock {
  private readonly page: Page

  private constructor(page: Page) {
    this.page = page
  }

  /** Before the page opens anything. */
  static async of(page: Page): Promise<PageClock> {
    await page.addInitScript(install)
    return new PageClock(page)
  }

  /** Milliseconds from the click or key in `act` until this text is painted as the newest of the thread. */
  async until(text: string, act: () => Promise<unknown>): Promise<number> {
    await this.page.evaluate(([name, words]) => window.prontoClock.watch(name, words), [
      thread,
      text,
    ] as const)
    await act()
    const { from, painted } = await this.page.evaluate(() => window.prontoClock.seen())
    return painted - from
  }

  /** The same from the moment at which something outside the page began. */
  async after(text: string, act: () => Promise<unknown>): Promise<number> {
    await this.page.evaluate(([name, words]) => window.prontoClock.watch(name, words), [
      thread,
      text,
    ] as const)
    const began = Date.now()
    await act()
    const { paintedAt } = await this.page.evaluate(() => window.prontoClock.seen())
    return paintedAt - began
  }

  /** How long each key took until its frame, and the longest task on the way. */
  async typing(act: () => Promise<unknown>): Promise<{ keys: number[]; longest: number }> {
    await this.page.evaluate(() => {
      window.prontoClock.keys = []
      window.prontoClock.longest = 0
    })
    await act()
    return this.page.evaluate(() => ({ keys: window.prontoClock.keys, longest: window.prontoClock.longest }))
  }
}

/** In the page, before anything of it runs. */
function install(): void {
  let seen: Promise<Watched> | undefined
  const clock: Window['prontoClock'] = {
    keys: [],
    longest: 0,
    watch: (name, text) => {
      let from = 0
      const done = (event: Event) => {
        // What is held down for a key asks for nothing yet.
        if (event instanceof KeyboardEvent && /^(Alt|Control|Meta|Shift)$/.test(event.key)) return
        from ||= event.timeStamp
      }
      for (const type of ['pointerdown', 'keydown']) addEventListener(type, done, { capture: true })
      seen = new Promise(resolve => {
        const look = () => {
          // Those that were looked at before are on the page too, out of sight.
          const thread = [...document.querySelectorAll(`section[aria-label="${name}"]`)].find(one =>
            one.checkVisibility(),
          )
          const foot = thread?.getBoundingClientRect().bottom ?? 0
          // Under the newest message there may be a line about who accepted it.
          const newest = [...(thread?.querySelectorAll('article') ?? [])].slice(-4)
          const found = newest.find(one => one.textContent?.includes(text))
          const isThere = found && found.getBoundingClientRect().top < foot
          if (!isThere) {
            requestAnimationFrame(look)
            return
          }
          // A message is delivered after the frame that is being made has been handed over.
          const { port1, port2 } = new MessageChannel()
          port1.onmessage = () => {
            for (const type of ['pointerdown', 'keydown']) removeEventListener(type, done, { capture: true })
            resolve({ from, painted: performance.now(), paintedAt: Date.now() })
          }
          port2.postMessage(0)
        }
        requestAnimationFrame(look)
      })
    },
    seen: () => seen ?? Promise.reject(new Error('nothing is watched for')),
  }
  window.prontoClock = clock
  // 16 ms is the shortest the browser tells of.
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) if (entry.name === 'keydown') clock.keys.push(entry.duration)
  }).observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit)
  new PerformanceObserver(list => {
    for (const { duration } of list.getEntries()) clock.longest = Math.max(clock.longest, duration)
  }).observe({ type: 'longtask' })
}
