import { en, expect, NORA, test } from '../harness/index.ts'

test('a filter is saved for everybody and is one click away for a colleague', async ({ as, phones }) => {
  const elena = await as('admin')
  const marta = await as('marta')
  const { page } = elena
  const nora = await phones.add(...NORA)
  const piet = await phones.add('Piet Jansen', '+31 6 5550 1234')
  await marta.open('/')
  await phones.write(piet, 'Hello')
  await marta.accept('Piet Jansen')
  await phones.write(nora, 'Hello')
  await marta.open('/interactions')
  await expect(marta.row('Nora Keller')).toBeVisible()

  await elena.open('/interactions?read=read')
  await elena.button('views_save').click()
  await elena.field('views_name').fill('Answered')
  await page.getByText(en.say('views_shared'), { exact: true }).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: en.say('views_save_button') })
    .click()
  await expect(page.getByRole('button', { name: 'Answered', exact: true })).toHaveAttribute(
    'aria-pressed',
    'true',
  )

  await marta.page.getByRole('button', { name: 'Answered', exact: true }).click()
  await expect(marta.page).toHaveURL(/read=read/)
  await expect(marta.row('Nora Keller')).toBeHidden()
  await expect(marta.row('Piet Jansen')).toBeVisible()

  await elena.button('views_edit', { name: 'Answered' }).click()
  await elena.button('views_remove').click()
  await expect(page.getByRole('button', { name: 'Answered', exact: true })).toBeHidden()
  await expect(marta.page.getByRole('button', { name: 'Answered', exact: true })).toBeHidden()
})
