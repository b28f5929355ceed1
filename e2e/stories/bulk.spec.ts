import { en, expect, test } from '../harness/index.ts'

test('several interactions are picked by keyboard, tagged and closed together', async ({ as, phones }) => {
  const elena = await as('admin')
  const { page } = elena
  await elena.open('/settings/tags')
  await elena.button('settings_tag_new').click()
  await elena.field('settings_name').fill('Fair')
  await elena.button('settings_tag_create').click()
  await expect(page.getByRole('heading', { name: 'Fair' })).toBeVisible()

  const customers = ['Nora Keller', 'Ugo Neri']
  for (const [index, name] of customers.entries()) {
    const phone = await phones.add(name, `+41 79 555 01 2${index}`)
    await phones.write(phone, 'See you at the fair')
  }
  await elena.open('/interactions')
  await page.getByRole('searchbox').fill('fair')
  for (const name of customers) await expect(elena.row(name)).toBeVisible()

  await elena.row('Nora Keller').getByRole('checkbox').check()
  await page.keyboard.press('Control+A')
  await expect(page.getByText(en.say('bulk_count', { count: 2 }))).toBeVisible()
  for (const name of customers) await expect(elena.row(name)).toHaveAttribute('aria-selected', 'true')

  await page
    .getByRole('toolbar')
    .getByRole('button', { name: en.say('bulk_tag') })
    .click()
  await page.getByRole('option', { name: 'Fair' }).click()
  await page.getByRole('button', { name: en.say('care_done') }).click()
  for (const name of customers) await expect(elena.row(name).getByTitle('Fair')).toBeAttached()

  await page
    .getByRole('toolbar')
    .getByRole('button', { name: en.say('bulk_close') })
    .click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: en.say('interactions_close') })
    .click()
  await expect(page.getByText(en.say('care_closed_many', { count: 2 }))).toBeVisible()
  await expect(page.getByRole('toolbar')).toBeHidden()
})
