import { en, expect, test } from '../harness/index.ts'

test('where it must be said how it ended, nothing closes without: by keyboard alone', async ({
  admin,
  server,
  conversation,
}) => {
  await admin.queues({ disposition_required: true })
  const { marta } = await conversation('When does it come?')
  const keys = marta.page.keyboard
  await marta.send('Nora Keller', 'On Friday at nine.')

  await keys.press('Alt+Shift+E')
  const dialog = marta.page.getByRole('dialog')
  await expect(dialog.getByText(en.say('care_required'))).toBeVisible()
  await expect(dialog.getByRole('combobox')).toBeFocused()
  await expect(dialog.getByRole('option', { name: en.say('care_close_without') })).toHaveCount(0)
  await keys.type('date')
  await expect(dialog.getByRole('option', { selected: true })).toContainText('Delivery › Date agreed')
  await keys.press('Enter')
  await expect(dialog).toBeHidden()
  await expect(marta.thread.getByText('Delivery › Date agreed')).toBeVisible()

  const refused = await marta.context.request.put(`/api/v1/interactions/${marta.interaction}/closure`, {
    data: {},
    headers: { Origin: server.url },
  })
  expect(refused.status()).toBeGreaterThanOrEqual(400)
})

test('what is typed before the closing dialog is there is not lost, and goes nowhere else', async ({
  phones,
  conversation,
}) => {
  const { marta, nora } = await conversation('Thank you!')
  const keys = marta.page.keyboard
  await marta.composer('Nora Keller').fill('Not to be sent')

  // Its choices take their time.
  let show = () => {}
  const shown = new Promise<void>(resolve => {
    show = resolve
  })
  await marta.page.route('**/interactions/dispositions*', async route => {
    await shown
    await route.continue()
  })
  await keys.press('Alt+Shift+E')
  await keys.type('order')
  await keys.press('Enter')
  await expect(marta.page.getByRole('dialog')).toBeVisible()
  show()
  await expect(marta.page.getByRole('dialog')).toBeHidden()
  await expect(marta.thread.getByText(/Sale › New order/)).toBeVisible()
  expect((await phones.messages(nora)).filter(({ from }) => from === 'business')).toEqual([])

  // Called off before it came.
  await phones.write(nora, 'One more thing')
  await expect(marta.composer('Nora Keller')).toBeEditable()
  await marta.composer('Nora Keller').focus()
  await keys.press('Alt+Shift+E')
  await keys.press('Escape')
  await expect(marta.page.getByRole('dialog')).toBeHidden()
  await marta.send('Nora Keller', 'Yes?')
  await phones.hears(nora, 'Yes?')
})

test('E and Enter at once close the row under the cursor', async ({ conversation }) => {
  const { marta } = await conversation('Thank you!')
  const keys = marta.page.keyboard
  await marta.open('/interactions?agent=me')
  await expect(marta.row('Nora Keller')).toBeVisible()
  await keys.press('l')
  await keys.press('e')
  await keys.press('Enter')
  // It is closed, or has left the list already.
  const closed = en.say('interactions_state_closed')
  await expect(marta.row('Nora Keller').filter({ hasNotText: closed })).toHaveCount(0)
  await expect(marta.page).toHaveURL(/\/interactions\?/)
})
