import { en, expect, test } from '../harness/index.ts'

test('two agents are offered a customer: one gets it, the other sees who, and the answer is ticked', async ({
  as,
  phones,
}) => {
  const marta = await as('marta')
  const sofia = await as('sofia')
  await marta.open('/')
  await sofia.open('/')
  const nora = await phones.add('Nora Keller', '+41 79 555 01 23')

  await phones.write(nora, 'Is my sofa on its way?')
  await expect(marta.offer('Nora Keller')).toContainText('Is my sofa on its way?')
  await expect(sofia.offer('Nora Keller')).toBeVisible()

  // It says so for two seconds only: who watches must be there before.
  const told = sofia.offer('Nora Keller').getByText(en.say('offers_taken', { name: 'Marta Bianchi' }))
  await Promise.all([told.waitFor(), marta.accept('Nora Keller')])
  await expect(sofia.offer('Nora Keller')).toBeHidden()

  await marta.send('Nora Keller', 'It comes on Tuesday.')
  await phones.hears(nora, 'It comes on Tuesday.')
  await expect(marta.tick('It comes on Tuesday.', 'conversation_tick_delivered')).toBeVisible()
  await phones.read(nora)
  await expect(marta.tick('It comes on Tuesday.', 'conversation_tick_read')).toBeVisible()

  await marta.open('/')
  await phones.write(nora, 'Tuesday is perfect')
  await expect(marta.tab('Nora Keller')).toContainText(en.say('interactions_unread', { count: 1 }))
  await marta.tab('Nora Keller').click()
  await expect(marta.message('Tuesday is perfect')).toBeVisible()
  await marta.open('/')
  // With her name the tab has all it shows.
  await expect(marta.tab('Nora Keller')).toBeVisible()
  await expect(marta.tab('Nora Keller').getByText(en.say('interactions_unread', { count: 1 }))).toHaveCount(0)
})
