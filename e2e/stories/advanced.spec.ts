import { en, expect, test } from '../harness/index.ts'

test('an advanced search in a table is kept as a view, and the view is updated', async ({ as, phones }) => {
  const elena = await as('admin')
  const { page } = elena
  for (const [index, name] of ['Nora Keller', 'Ugo Neri'].entries()) {
    const phone = await phones.add(name, `+41 79 555 01 2${index}`)
    await phones.write(phone, index === 0 ? 'Where is my refund?' : 'Hello')
  }
  await elena.open('/interactions')
  await expect(elena.row('Nora Keller')).toBeVisible()
  await expect(elena.row('Ugo Neri')).toBeVisible()

  // By keyboard: what it is about, and what is looked for.
  await page.keyboard.press('f')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: new RegExp(`${en.say('advanced_field')}$`) }).press('Enter')
  await page.getByRole('option', { name: en.say('field_message'), exact: true }).press('Enter')
  await dialog
    .getByRole('textbox', { name: en.say('advanced_value_of', { field: en.say('field_message') }) })
    .fill('refund')
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  await expect(elena.row('Nora Keller')).toBeVisible()
  await expect(elena.row('Ugo Neri')).toBeHidden()
  await expect(page.getByRole('button', { name: /refund/ })).toBeVisible()

  await elena.button('interactions_table').click()
  const head = page.getByRole('columnheader')
  await expect(head.filter({ hasText: en.say('field_queue') })).toBeVisible()
  await head.getByRole('button', { name: en.say('field_started') }).click()
  await expect(page).toHaveURL(/sort=started/)
  await elena.button('views_save').click()
  await elena.field('views_name').fill('Refunds')
  await page
    .getByRole('dialog')
    .getByRole('button', { name: en.say('views_save_button'), exact: true })
    .click()
  await expect(page.getByRole('button', { name: 'Refunds', exact: true })).toHaveAttribute(
    'aria-pressed',
    'true',
  )

  await elena.button('table_columns').click()
  await page
    .getByRole('dialog')
    .getByRole('checkbox', { name: en.say('field_queue') })
    .press('Space')
  await page.keyboard.press('Escape')
  await expect(head.filter({ hasText: en.say('field_queue') })).toBeHidden()
  await page.getByRole('button', { name: en.say('views_update_of', { name: 'Refunds' }) }).click()
  await expect(page.getByRole('button', { name: 'Refunds', exact: true })).toHaveAttribute(
    'aria-pressed',
    'true',
  )

  await elena.open('/interactions?state=all')
  await page.getByRole('button', { name: 'Refunds', exact: true }).click()
  await expect(elena.row('Nora Keller')).toBeVisible()
  await expect(elena.row('Ugo Neri')).toBeHidden()
  await expect(head.filter({ hasText: en.say('field_started') })).toHaveAttribute('aria-sort', 'descending')
  await expect(head.filter({ hasText: en.say('field_queue') })).toBeHidden()
})
