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

  await marta.accept('Nora Keller')
  await expect(sofia.offer('Nora Keller')).toContainText(en.say('offers_taken', { name: 'Marta Bianchi' }))
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
  await expect(marta.tab('Nora Keller')).not.toContainText('unread')
})
