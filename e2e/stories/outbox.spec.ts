import { en, expect, NORA, test } from '../harness/index.ts'
import { Person } from '../harness/person.ts'

test('a message that found no way out survives a reload, and is sent once', async ({
  phones,
  conversation,
}) => {
  const { marta, nora } = await conversation('Are you there?')

  // Reading works, sending does not; and the first to get through is not heard to have done so.
  let isShut = true
  let isDeaf = true
  await marta.page.route('**/api/v1/interactions/*/messages', async route => {
    if (route.request().method() !== 'POST') return route.continue()
    if (isShut) return route.abort('internetdisconnected')
    if (!isDeaf) return route.continue()
    isDeaf = false
    await route.fetch()
    return route.abort('connectionreset')
  })
  await marta.send('Nora Keller', 'I am, only the line is not')
  await expect(marta.page.getByText(en.say('composer_pending_server'))).toBeVisible()
  await marta.page.reload()
  await marta.isLive()
  await expect(marta.message('I am, only the line is not')).toBeVisible()
  await expect(marta.page.getByText(en.say('composer_pending_server'))).toBeVisible()
  expect((await phones.messages(nora)).filter(({ from }) => from === 'business')).toEqual([])

  isShut = false
  await phones.hears(nora, 'I am, only the line is not')
  await expect(marta.tick('I am, only the line is not', 'conversation_tick_delivered')).toBeVisible()
  await expect(marta.page.getByText(en.say('composer_pending_server'))).toBeHidden()
  expect(isDeaf).toBe(false)
  await marta.send('Nora Keller', 'And now it is')
  await phones.hears(nora, 'And now it is')
  const heard = (await phones.messages(nora))
    .filter(({ from }) => from === 'business')
    .map(({ body }) => body)
  expect(heard).toEqual(['I am, only the line is not', 'And now it is'])
})

test('two windows of one agent show the same, and one may be closed', async ({ as, phones }) => {
  const marta = await as('marta')
  await marta.open('/')
  const second = new Person(await marta.context.newPage())
  await second.open('/')
  const nora = await phones.add(...NORA)
  await phones.write(nora, 'Hello?')
  await expect(second.offer('Nora Keller')).toBeVisible()
  await marta.accept('Nora Keller')
  await expect(second.offer('Nora Keller')).toBeHidden()
  await second.page.goto(marta.page.url())
  await second.isLive()

  await second.send('Nora Keller', 'From the second window')
  await expect(marta.message('From the second window')).toBeVisible()
  await marta.send('Nora Keller', 'From the first')
  await expect(second.message('From the first')).toBeVisible()
  for (const window of [marta, second]) {
    await expect(window.thread.getByText('From the second window')).toHaveCount(1)
    await expect(window.thread.getByText('From the first')).toHaveCount(1)
  }

  // What one of them leaves behind does not take her away from her work.
  await second.page.close()
  const piet = await phones.add('Piet Jansen', '+31 6 5550 1234')
  await phones.write(piet, 'Anybody?')
  await marta.accept('Piet Jansen')
  await marta.send('Piet Jansen', 'Yes, me')
  await phones.hears(piet, 'Yes, me')
})
