import { chromium } from 'playwright-core'
const base = 'http://127.0.0.1:8203'
const b = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox','--disable-gpu','--disable-background-networking','--disable-component-update','--disable-sync'] })
async function as(login, opts) {
  const c = await b.newContext({ baseURL: base, ...opts })
  const r = await c.request.post('/api/v1/session', { data: { login, password: 'Pronto-demo-1' }, headers: { Origin: base } })
  if (!r.ok()) throw new Error(await r.text())
  return { c, p: await c.newPage() }
}
const h = { headers: { Origin: base } }
const { c, p } = await as('admin', { viewport: { width: 1440, height: 900 }, colorScheme: 'light' })
const lists = await (await c.request.get('/api/v1/contact_lists')).json()
const page = await (await c.request.get('/api/v1/contacts?search=Lovelace')).json()
const mk = async data => (await (await c.request.post('/api/v1/contacts', { data: { list_id: lists[0].id, force: true, ...data }, ...h })).json())
const one = page.items[0] ?? await mk({ first_name: 'Ada', last_name: 'Lovelace', phone: '+39 333 1234567', email: 'ada@example.com', tags: ['vip'], description: 'Prefers mornings' })
const two = page.items[1] ?? await mk({ first_name: 'Ada L.', last_name: 'Lovelace', phone: '+39 333 1234567', email: 'lovelace@example.com', company: 'Analytical Engines', date_of_birth: '1990-12-31', language: 'it', numbers: [{ kind: 'work', number: '+39 02 123456' }], description: 'Line one\nLine two' })
console.log(one.id, two.id, JSON.stringify(two).slice(0, 200))
p.on('console', m => m.type() === 'error' && console.log('console', m.text()))
for (const [name, w, hgt, scheme] of [['l1440', 1440, 900, 'light'], ['d1024', 1024, 768, 'dark'], ['l390', 390, 800, 'light']]) {
  await p.setViewportSize({ width: w, height: hgt }); await p.emulateMedia({ colorScheme: scheme })
  for (const [what, path] of [['merge', `/contacts/${one.id}/merge/${two.id}`], ['dups', '/contacts/duplicates'], ['card', `/contacts/${one.id}`]]) {
    await p.goto(path); await p.waitForTimeout(1800)
    if (what === 'card') await p.getByText('Personal data').scrollIntoViewIfNeeded().catch(e => console.log(String(e)))
    await p.waitForTimeout(200)
    await p.screenshot({ path: `/tmp/s7/${name}-${what}.png` })
  }
}
await p.getByRole('button', { name: 'Erase…' }).click(); await p.waitForTimeout(800)
await p.setViewportSize({ width: 1440, height: 900 })
await p.screenshot({ path: '/tmp/s7/erase.png' })
await p.keyboard.press('Escape')
await p.getByRole('button', { name: 'Merge with another' }).click(); await p.waitForTimeout(400)
await p.keyboard.type('Lovel'); await p.waitForTimeout(1000)
await p.screenshot({ path: '/tmp/s7/find.png' })
await b.close()
