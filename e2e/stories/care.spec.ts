import { en, expect, NORA, test } from '../harness/index.ts'

test('what waits for the customer steps aside, and is on top when they write', async ({
  as,
  phones,
  server,
}) => {
  const marta = await as('marta')
  const keys = marta.page.keyboard
  await marta.open('/')
  const nora = await phones.add(...NORA)
  const piet = await phones.add('Piet Jansen', '+31 6 5550 1234')
  await phones.write(nora, 'Grey or blue?')
  await marta.accept('Nora Keller')
  await marta.send('Nora Keller', 'Whichever you like')
  await marta.composer('Nora Keller').press('Alt+Shift+S')
  await marta.reads('conversation_line_put_off', { name: 'Marta Bianchi' })
  const id = marta.interaction
  await phones.write(piet, 'Hello?')
  await marta.accept('Piet Jansen')
  await marta.send('Piet Jansen', 'Good morning')

  await marta.open('/interactions?agent=me')
  await expect(marta.row('Nora Keller')).toContainText(en.say('interactions_wait_customer'))
  await phones.write(nora, 'Blue, please')
  const list = marta.page.getByRole('grid', { name: en.say('interactions_list') })
  await expect(async () => {
    await keys.press('.')
    await expect(list.getByRole('row').first()).toContainText('Nora Keller', { timeout: 1_000 })
  }).toPass()
  await expect(marta.row('Nora Keller')).toContainText('Blue, please')
  await expect(marta.row('Nora Keller')).not.toContainText(en.say('interactions_wait_customer'))

  // And until a time: chosen by keyboard, taken up again, and back by itself when the time has come.
  await marta.row('Nora Keller').click()
  await marta.send('Nora Keller', 'Blue it is')
  await marta.composer('Nora Keller').press('Alt+Shift+R')
  const dialog = marta.page.getByRole('dialog')
  await expect(dialog.getByRole('combobox')).toBeFocused()
  await keys.type('2 hours')
  await expect(dialog.getByRole('option', { selected: true })).toContainText(en.say('care_in_two_hours'))
  await keys.press('Enter')
  await expect(dialog).toBeHidden()
  await expect(
    marta.thread.getByText(en.like('conversation_line_put_off_until', { name: 'Marta Bianchi' })),
  ).toBeVisible()
  await marta.command('interactions_take_up')
  await marta.reads('conversation_line_taken_up', { name: 'Marta Bianchi' })
  const soon = await marta.context.request.put(`/api/v1/interactions/${id}/snooze`, {
    data: { until: new Date(Date.now() + 2_000).toISOString() },
    headers: { Origin: server.url },
  })
  expect(soon.status(), await soon.text()).toBeLessThan(300)
  await marta.reads('conversation_line_reminded')
})

test('a conversation is tagged by keyboard, and the tag taken off again', async ({ conversation }) => {
  const { marta } = await conversation('May I come and see it?')
  const keys = marta.page.keyboard
  await marta.composer('Nora Keller').press('Alt+Shift+L')
  const dialog = marta.page.getByRole('dialog')
  await expect(dialog.getByRole('combobox')).toBeFocused()
  await keys.type('showro')
  await expect(dialog.getByRole('option', { selected: true }).or(dialog.getByRole('option'))).toContainText(
    'showroom',
  )
  await keys.press('Enter')
  await expect(dialog.getByRole('option', { selected: true })).toContainText('showroom')
  await marta.reads('conversation_line_tagged', { name: 'Marta Bianchi', tags: 'showroom' })
  await keys.press('Enter')
  await marta.reads('conversation_line_untagged', { name: 'Marta Bianchi', tags: 'showroom' })
  await keys.press('Escape')
  await expect(dialog).toBeHidden()
})

test('a sender is blocked with a reason, a supervisor confirms, and lets them write again', async ({
  as,
  phones,
  admin,
  conversation,
}) => {
  const { marta, nora } = await conversation('Cheap sunglasses!!!')
  await marta.command('interactions_block')
  const dialog = marta.page.getByRole('dialog', { name: en.say('care_block_title', { name: 'Nora Keller' }) })
  const block = dialog.getByRole('button', { name: en.say('interactions_block') })
  await block.click()
  await expect(dialog.getByText(en.say('field_required'))).toBeVisible()
  await dialog.getByLabel(en.say('care_block_reason')).fill('Advertising, every day')
  await block.click()
  await expect(dialog).toBeHidden()
  await marta.reads('conversation_line_blocked', { name: 'Marta Bianchi', reason: 'Advertising, every day' })

  const luca = await as('luca')
  await luca.open('/settings/blocks')
  const list = luca.page.getByRole('list', { name: en.say('settings_blocks') })
  const blocks = list.getByRole('listitem').filter({ hasText: 'Nora Keller' })
  await expect(blocks).toContainText('Advertising, every day')
  await expect(blocks).toContainText(en.say('settings_block_by', { name: 'Marta Bianchi' }))
  await blocks.getByRole('button', { name: en.say('settings_block_confirm') }).click()
  await expect(luca.page.getByText(en.say('settings_block_confirmed', { name: 'Nora Keller' }))).toBeVisible()
  await expect.poll(() => phones.blockedBy(nora)).toHaveLength(1)
  // Nobody is asked to answer.
  await phones.write(nora, 'Cheap watches!!!')
  expect(await admin.open()).toBe(0)

  await luca.page.reload()
  await luca.page.getByRole('button', { name: new RegExp(en.say('settings_block_state_asked')) }).click()
  await luca.page.getByRole('option', { name: en.say('settings_block_state_confirmed') }).click()
  await blocks.getByRole('button', { name: en.say('settings_block_lift') }).click()
  await expect.poll(() => phones.blockedBy(nora)).toEqual([])
  await phones.write(nora, 'Sorry about that')
  await expect(marta.message('Sorry about that')).toBeVisible()
  await expect(marta.composer('Nora Keller')).toBeEditable()
})
