// The demo comes with a morning's work. A story begins with an empty desk, so that what it does is all there is.
import { type APIRequestContext, expect } from '@playwright/test'
import { password } from './person.ts'

/** Closes whatever is open. */
export async function clear(request: APIRequestContext, base: string): Promise<void> {
  const headers = { Origin: base }
  const signedIn = await request.post(`${base}/api/v1/session`, {
    data: { login: 'admin', password },
    headers,
  })
  expect(signedIn.status(), await signedIn.text()).toBeLessThan(300)
  for (;;) {
    const page = await request.get(`${base}/api/v1/interactions?state=open&limit=100`)
    const { items } = (await page.json()) as { items: { id: number }[] }
    if (items.length === 0) break
    for (const { id } of items) {
      const closed = await request.put(`${base}/api/v1/interactions/${id}/closure`, { headers, data: {} })
      expect(closed.status(), await closed.text()).toBeLessThan(300)
    }
  }
  await request.delete(`${base}/api/v1/session`, { headers })
}
