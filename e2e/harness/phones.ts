// The customers, held by the simulator's control API. Its demo has five: giulia, oliver, lucia, jonas and chiara.

/** The demo's business number. */
const desk = '100000000000001'

export interface PhoneMessage {
  id: string
  seq: number
  from: 'phone' | 'business'
  type: string
  body: string | null
  status: string
  /** What stands under its type, as it was sent. */
  content: Record<string, unknown> | null
}

export class Phones {
  private readonly base: string

  constructor(serverUrl: string) {
    this.base = `${serverUrl}/simulator/control`
  }

  /** Gives a phone to somebody new; answers its name on the network. */
  async add(name: string, number: string): Promise<string> {
    return (await this.call<{ id: string }>('POST', 'phones', { name, number })).id
  }

  /** A customer writes; `at` dates it, as an instant or so many seconds ago. */
  async write(
    phone: string,
    text: string,
    options: { at?: string | number; to?: string } = {},
  ): Promise<string> {
    const { at, to = desk } = options
    const body = { to, text, ...(at === undefined ? {} : { at }) }
    const { id } = await this.call<{ id: string }>('POST', `phones/${phone}/messages`, body)
    return id
  }

  /** The load generator's person, "Load 0", writes very much; waits until the desk has it all. */
  async flood(count: number, perSecond = 1_000): Promise<void> {
    const { id } = await this.call<{ id: string }>('POST', 'load', {
      rate_per_s: perSecond,
      seconds: Math.ceil(count / perSecond),
      to: desk,
    })
    for (;;) {
      const { planned, acknowledged } = await this.call<{ planned: number; acknowledged: number }>(
        'GET',
        `load/${id}?limit=1`,
      )
      if (acknowledged >= planned) return
      await new Promise(resolve => setTimeout(resolve, 200))
    }
  }

  /** WhatsApp changes its mind about a template, and tells of it. */
  async judge(name: string, language: string, verdict: Record<string, unknown>): Promise<void> {
    const { templates } = await this.call<{ templates: { id: string; name: string; language: string }[] }>(
      'GET',
      'templates',
    )
    const found = templates.find(one => one.name === name && one.language === language)
    if (!found) throw new Error(`there is no template ${name} in ${language}`)
    await this.call('PATCH', `templates/${found.id}`, verdict)
  }

  /** A customer sends a voice message: a file that is on the network already. */
  async say(phone: string, file: string, to = desk): Promise<void> {
    await this.give(phone, to, 'audio', { id: file, voice: true })
  }

  /** A customer sends anything: what stands under its type at Meta. */
  async give(phone: string, to: string, type: string, content: Record<string, unknown>): Promise<void> {
    await this.call('POST', `phones/${phone}/messages`, { to, type, [type]: content })
  }

  /** A file as the phone got it. */
  async file(id: string): Promise<{ type: string | null; bytes: ArrayBuffer }> {
    const response = await fetch(`${this.base}/media/${id}`)
    if (!response.ok) throw new Error(`no file ${id}: ${response.status}`)
    return { type: response.headers.get('content-type'), bytes: await response.arrayBuffer() }
  }

  /** A customer taps a quick reply of a template. */
  async tap(phone: string, message: string, text: string): Promise<void> {
    const body = { to: desk, type: 'button', button: { payload: text, text }, reply_to: message }
    await this.call('POST', `phones/${phone}/messages`, body)
  }

  /** A customer opens the chat: everything in it is read. */
  async read(phone: string): Promise<void> {
    await this.call('POST', `phones/${phone}/reads`, {})
  }

  /** What stands on the phone, oldest first. */
  async messages(phone: string): Promise<PhoneMessage[]> {
    return (await this.call<{ messages: PhoneMessage[] }>('GET', `phones/${phone}/messages`)).messages
  }

  /** Waits until this text of ours is on the phone. */
  async hears(phone: string, text: string): Promise<PhoneMessage> {
    const until = Date.now() + 10_000
    for (;;) {
      const found = (await this.messages(phone)).find(
        message => message.from === 'business' && message.body === text,
      )
      if (found) return found
      if (Date.now() > until) throw new Error(`${phone} never got “${text}”`)
      await new Promise(resolve => setTimeout(resolve, 100))
    }
  }

  /** The businesses that want to hear nothing of this phone. */
  async blockedBy(phone: string): Promise<string[]> {
    return (await this.call<{ blocked_by: string[] }>('GET', `phones/${phone}`)).blocked_by
  }

  /** Breaks the network on purpose, or mends it with null. */
  async faults(faults: Record<string, unknown>): Promise<void> {
    await this.call('PATCH', 'faults', faults)
  }

  /** Gives an app, among other things, its numbers. */
  async app(id: string, app: Record<string, unknown>): Promise<void> {
    await this.call('PUT', `apps/${id}`, app)
  }

  private async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${this.base}/${path}`, {
      method,
      headers: { 'Content-Type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
    return (text ? JSON.parse(text) : undefined) as T
  }
}
