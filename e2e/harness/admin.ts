// The administrator behind the scenes: changes what a story needs changed, without a page.
import { type APIRequest, type APIRequestContext, expect } from '@playwright/test'
import { password } from './person.ts'

export class Admin {
  private readonly request: APIRequestContext
  private readonly base: string

  private constructor(request: APIRequestContext, base: string) {
    this.request = request
    this.base = base
  }

  static async of(requests: APIRequest, base: string): Promise<Admin> {
    const request = await requests.newContext()
    const admin = new Admin(request, base)
    await admin.send('post', 'session', { login: 'admin', password })
    return admin
  }

  async end(): Promise<void> {
    await this.request.dispose()
  }

  async get<T>(path: string): Promise<T> {
    const answer = await this.request.get(`${this.base}/api/v1/${path}`)
    expect(answer.status(), await answer.text()).toBe(200)
    return (await answer.json()) as T
  }

  /** Changes fields of what stands there, on top of the version that is there. */
  async change(path: string, fields: Record<string, unknown>): Promise<void> {
    const { version } = await this.get<{ version: number }>(path)
    await this.send('patch', path, { version, ...fields })
  }

  /** Each of the demo's queues. */
  async queues(fields: Record<string, unknown>): Promise<void> {
    for (const { id } of await this.get<{ id: number }[]>('queues')) await this.change(`queues/${id}`, fields)
  }

  /** How many interactions are open. */
  async open(): Promise<number> {
    return (await this.get<{ items: unknown[] }>('interactions?state=open&limit=100')).items.length
  }

  private async send(method: 'post' | 'patch', path: string, data: unknown): Promise<void> {
    const answer = await this.request[method](`${this.base}/api/v1/${path}`, {
      data,
      headers: { Origin: this.base },
    })
    expect(answer.status(), await answer.text()).toBeLessThan(300)
  }
}
