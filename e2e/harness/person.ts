// Somebody of the staff at a browser of their own. What they do is named once here; stories say it in those words.
import { type BrowserContext, expect, type Locator, type Page } from '@playwright/test'
import { en, type Words } from './words.ts'

/** Everybody's in the demo. */
export const password = 'Pronto-demo-1'

export class Person {
  readonly page: Page
  readonly context: BrowserContext
  readonly words: Words

  constructor(page: Page, words: Words = en) {
    this.page = page
    this.context = page.context()
    this.words = words
  }

  /** Signs in without the page, for stories that are not about signing in. */
  async signIn(login: string, base: string, secret: string = password): Promise<void> {
    const answer = await this.context.request.post(`${base}/api/v1/session`, {
      data: { login, password: secret },
      headers: { Origin: base },
    })
    expect(answer.status(), await answer.text()).toBeLessThan(300)
  }

  /** Signs in at the page. */
  async signInAt(path: string, login: string, secret: string = password): Promise<void> {
    await this.page.goto(path)
    await this.field('signin_login').fill(login)
    await this.field('signin_password').fill(secret)
    await this.page.keyboard.press('Enter')
  }

  async open(path: string): Promise<void> {
    await this.page.goto(path)
    // The commands have come: keys are pressed faster here than anybody does.
    await this.page.waitForLoadState('networkidle')
    await this.isLive()
  }

  field(key: string): Locator {
    return this.page.getByLabel(this.words.say(key), { exact: true })
  }

  /** A button by its words; the keys that stand beside them are part of its name. */
  button(key: string, params = {}): Locator {
    const words = this.words.like(key, params).source.replace(/\$$/, '(?: .*)?$')
    return this.page.getByRole('button', { name: new RegExp(words) })
  }

  /** The stream is up. */
  async isLive(): Promise<void> {
    await expect(this.button('frame_live')).toBeVisible()
  }

  /** The card of an offer. */
  offer(customer: string): Locator {
    return this.page.getByRole('article', { name: this.words.like('offers_card', { customer }) })
  }

  async accept(customer: string): Promise<void> {
    await this.offer(customer)
      .getByRole('button', { name: this.words.say('offers_accept') })
      .click()
    await expect(this.composer(customer)).toBeVisible()
  }

  composer(customer: string): Locator {
    return this.page.getByRole('textbox', { name: this.words.say('composer_label', { name: customer }) })
  }

  async send(customer: string, text: string): Promise<void> {
    await this.composer(customer).fill(text)
    await this.composer(customer).press('Enter')
    await expect(this.message(text)).toBeVisible()
  }

  /** The same box, for a note. */
  note(customer: string): Locator {
    return this.page.getByRole('textbox', { name: this.words.say('composer_note_label', { name: customer }) })
  }

  /** A message in the thread on screen. */
  message(text: string): Locator {
    return this.thread.getByRole('article').filter({ hasText: text }).last()
  }

  /** The tick of a message, by the key of its name. */
  tick(text: string, key: string): Locator {
    return this.message(text).getByText(this.words.say(key), { exact: true })
  }

  /** A quiet line of the thread on screen. */
  async reads(key: string, params: Record<string, string> = {}): Promise<void> {
    await expect(this.thread.getByText(this.words.say(key, params)).last()).toBeVisible()
  }

  /** Finds a command in the palette by its words, and does it. */
  async command(key: string): Promise<void> {
    await this.page.keyboard.press('Control+k')
    const box = this.page.getByPlaceholder(this.words.say('palette_search'))
    await expect(box).toBeFocused()
    await box.fill(this.words.say(key))
    await expect(this.page.getByRole('option', { selected: true })).toContainText(this.words.say(key))
    await this.page.keyboard.press('Enter')
  }

  /** The number of the interaction on screen. */
  get interaction(): number {
    return Number(/interactions\/(\d+)/.exec(this.page.url())?.[1])
  }

  get thread(): Locator {
    return this.page.getByRole('region', { name: this.words.say('conversation_thread') })
  }

  /** A row of the list of interactions. */
  row(customer: string): Locator {
    return this.page
      .getByRole('grid', { name: this.words.say('interactions_list') })
      .getByRole('row')
      .filter({ hasText: customer })
  }

  /** An open interaction, on the strip above everything. */
  tab(customer: string): Locator {
    return this.tabs.getByRole('link').filter({ hasText: customer })
  }

  get tabs(): Locator {
    return this.page.getByRole('navigation', { name: this.words.say('tabs_label') })
  }
}
