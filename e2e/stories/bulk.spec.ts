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
  // What is picked is let go when another list is asked for.
  await expect(page).toHaveURL(/search=fair/)
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

test('several are given to a colleague at once, and what she has already is named', async ({
  as,
  phones,
}) => {
  const sofia = await as('sofia')
  await sofia.open('/')
  await phones.write(await phones.add('Nora Keller', '+41 79 555 01 20'), 'See you at the fair')
  await sofia.accept('Nora Keller')
  const theirs = sofia.interaction

  const luca = await as('luca')
  const { page } = luca
  await phones.write(await phones.add('Ugo Neri', '+41 79 555 01 21'), 'See you at the fair')
  await phones.write(await phones.add('Ada Neri', '+41 79 555 01 22'), 'See you at the fair')
  await luca.open('/interactions?search=fair')
  const customers = ['Nora Keller', 'Ugo Neri', 'Ada Neri']
  for (const name of customers) await luca.row(name).getByRole('checkbox').check()

  await page
    .getByRole('toolbar')
    .getByRole('button', { name: en.say('bulk_assign') })
    .click()
  const dialog = page.getByRole('dialog', { name: en.say('transfer_assign_many', { count: 3 }) })
  await dialog.getByRole('combobox').fill('Romero')
  await expect(dialog.getByRole('option', { selected: true })).toContainText('Romero')
  await dialog.getByRole('button', { name: en.say('transfer_assign_do') }).click()
  await expect(dialog).toBeHidden()
  const refused = en.say('transfer_refused_theirs', { id: theirs })
  await expect(
    page.getByText(en.say('transfer_assigned_partly', { done: 2, name: 'Sofía Romero', refused })),
  ).toBeVisible()
  for (const name of customers) {
    await expect(luca.row(name)).toContainText(en.say('interactions_state_with', { name: 'Sofía Romero' }))
  }

  await sofia.open('/interactions?agent=me')
  for (const name of customers) await expect(sofia.row(name)).toBeVisible()
  await sofia.row('Ugo Neri').click()
  await sofia.send('Ugo Neri', 'See you there')
})
