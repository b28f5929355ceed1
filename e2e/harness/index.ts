// What every story stands on: a server of its own, phones to write from, and staff in browsers of their own.
import { type BrowserContextOptions, test as base } from '@playwright/test'
import { Admin } from './admin.ts'
import { clear } from './clear.ts'
import { Person } from './person.ts'
import { Phones } from './phones.ts'
import { Server } from './server.ts'
import { en, type Words } from './words.ts'

export { expect } from '@playwright/test'
export { en, it } from './words.ts'
export type { Person }

/** Who writes in most stories, with her number. */
export const NORA = ['Nora Keller', '+41 79 555 01 23'] as const

export interface Options {
  /** Whether the demo's own work is closed first. */
  emptied: boolean
}

interface Fixtures {
  server: Server
  phones: Phones
  admin: Admin
  /** A browser in which this login is signed in, with nothing open yet. */
  as: (login: string, options?: BrowserContextOptions & { words?: Words }) => Promise<Person>
  /** Nora Keller writes this, and Marta has accepted it. */
  conversation: (words: string) => Promise<{ marta: Person; nora: string }>
}

export const test = base.extend<Fixtures & Options>({
  emptied: [true, { option: true }],
  server: async ({ playwright, emptied }, use, info) => {
    const server = await Server.start()
    if (emptied) {
      const request = await playwright.request.newContext()
      await clear(request, server.url)
      await request.dispose()
    }
    await use(server)
    if (info.status !== info.expectedStatus) {
      await info.attach('server.log', { body: server.log, contentType: 'text/plain' })
    }
    await server.stop()
  },
  baseURL: async ({ server }, use) => use(server.url),
  phones: async ({ server }, use) => use(new Phones(server.url)),
  admin: async ({ playwright, server }, use) => {
    const admin = await Admin.of(playwright.request, server.url)
    await use(admin)
    await admin.end()
  },
  as: async ({ browser, server }, use) => {
    const contexts: { close: () => Promise<void> }[] = []
    await use(async (login, { words = en, ...options } = {}) => {
      const context = await browser.newContext({ baseURL: server.url, ...options })
      contexts.push(context)
      const person = new Person(await context.newPage(), words)
      await person.signIn(login, server.url)
      return person
    })
    for (const context of contexts) await context.close()
  },
  conversation: async ({ as, phones }, use) => {
    await use(async words => {
      const marta = await as('marta')
      await marta.open('/')
      const nora = await phones.add(...NORA)
      await phones.write(nora, words)
      await marta.accept('Nora Keller')
      return { marta, nora }
    })
  },
})
