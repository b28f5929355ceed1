import { en, expect, test } from '../harness/index.ts'
import { Wire } from '../harness/wire.ts'

test('an answer to what the agent has not seen is held back until they say so', async ({ as, phones }) => {
  const marta = await as('marta')
  const wire = await Wire.of(marta.page)
  await marta.open('/')
  const nora = await phones.add('Nora Keller', '+41 79 555 01 23')
  await phones.write(nora, 'Please cancel my order')
  await marta.accept('Nora Keller')

  wire.hold()
  await phones.write(nora, 'No wait, keep it!')
  // Until the desk has it: the phone shows it as delivered.
  await expect.poll(async () => (await phones.messages(nora)).at(-1)?.status).toBe('delivered')
  await expect
    .poll(async () => {
      const answer = await marta.context.request.get('/api/v1/interactions?agent=me')
      return JSON.stringify(await answer.json())
    })
    .toContain('No wait, keep it!')
  await marta.composer('Nora Keller').fill('It is cancelled.')
  await marta.composer('Nora Keller').press('Enter')

  const guard = marta.page
    .getByRole('alert')
    .filter({ hasText: en.say('composer_stale', { name: 'Nora Keller' }) })
  await expect(guard).toContainText('No wait, keep it!')
  await expect(marta.composer('Nora Keller')).toHaveValue('It is cancelled.')
  expect((await phones.messages(nora)).filter(message => message.from === 'business')).toEqual([])

  await marta.button('composer_send_anyway').click()
  await phones.hears(nora, 'It is cancelled.')
  wire.release()
})

test('outside the service window nothing can be written, and it says what is possible', async ({
  as,
  phones,
}) => {
  const marta = await as('marta')
  await marta.open('/')
  const nora = await phones.add('Nora Keller', '+41 79 555 01 23')
  await phones.write(nora, 'I wrote yesterday', { at: 25 * 3600 })
  await marta
    .offer('Nora Keller')
    .getByRole('button', { name: en.say('offers_accept') })
    .click()

  await expect(marta.page.getByText(en.say('composer_window')).first()).toBeVisible()
  await expect(marta.page.getByRole('button', { name: en.say('composer_send'), exact: true })).toHaveCount(0)
  await phones.write(nora, 'And I write now')
  await expect(marta.composer('Nora Keller')).toBeEditable()
})

test('the server refuses what the screen would not let through', async ({ as, phones, server }) => {
  const marta = await as('marta')
  await marta.open('/')
  const nora = await phones.add('Nora Keller', '+41 79 555 01 23')
  await phones.write(nora, 'I wrote yesterday', { at: 25 * 3600 })
  await marta
    .offer('Nora Keller')
    .getByRole('button', { name: en.say('offers_accept') })
    .click()
  await expect(marta.page).toHaveURL(/interactions\/\d+/)
  const id = /interactions\/(\d+)/.exec(marta.page.url())?.[1]

  const refused = await marta.context.request.post(`/api/v1/interactions/${id}/messages`, {
    data: { client_id: crypto.randomUUID(), kind: 'text', text: 'Too late' },
    headers: { Origin: server.url },
  })
  expect(refused.status()).toBe(409)
  expect(await refused.json()).toMatchObject({ code: 'window_closed' })
})
