import { en, expect, test } from '../harness/index.ts'

test('a field is made, filled in beside the conversation, and a canned answer says it', async ({
  as,
  phones,
  conversation,
}) => {
  const admin = await as('admin')
  await admin.open('/settings/contact_fields/new')
  await admin.page.getByRole('textbox', { name: en.say('settings_name'), exact: true }).fill('Loyalty card')
  await expect(admin.page.getByRole('textbox', { name: en.say('settings_field_key') })).toHaveValue(
    'loyalty_card',
  )
  await admin.button('settings_field_create').click()
  await expect(admin.page.getByRole('heading', { name: 'Loyalty card' })).toBeVisible()
  await admin.open('/settings/canned_answers/new')
  await admin.page.getByRole('textbox', { name: en.say('canned_admin_title') }).fill('Card')
  await admin.page.getByRole('textbox', { name: en.say('canned_admin_shortcut') }).fill('card')
  await admin.page
    .getByRole('textbox', { name: en.say('canned_admin_text') })
    .fill('Your card is {{contact.fields.loyalty_card|on its way}}.')
  await admin.button('canned_create').click()
  await expect(admin.page.getByRole('heading', { name: 'Card', exact: true })).toBeVisible()

  const { marta, nora } = await conversation('Hello?')
  const field = marta.page.getByRole('button', {
    name: new RegExp(`^${en.say('sidebar_edit', { field: 'Loyalty card' })}`),
  })
  await field.click()
  await marta.page.getByRole('textbox', { name: 'Loyalty card' }).fill('C-77')
  await marta.page.keyboard.press('Enter')
  await expect(field).toContainText('C-77')

  await marta.composer('Nora Keller').focus()
  await marta.page.keyboard.type('/card')
  const list = marta.page.getByRole('listbox', { name: en.say('suggest_canned') })
  await expect(list.getByRole('option', { selected: true })).toContainText('Card')
  await marta.page.keyboard.press('Enter')
  await expect(marta.composer('Nora Keller')).toHaveValue('Your card is C-77.')
  await marta.page.keyboard.press('Enter')
  await phones.hears(nora, 'Your card is C-77.')

  // Whoever has it is found by it, and nobody else.
  await phones.write(await phones.add('Ugo Neri', '+41 79 555 01 24'), 'Hello!')
  await marta.open('/interactions?state=all')
  await expect(marta.row('Ugo Neri')).toBeVisible()
  await marta.page.keyboard.press('f')
  const dialog = marta.page.getByRole('dialog')
  await dialog.getByRole('button', { name: new RegExp(`${en.say('advanced_field')}$`) }).press('Enter')
  await marta.page.getByRole('option', { name: 'Loyalty card' }).press('Enter')
  await dialog
    .getByRole('textbox', { name: en.say('advanced_value_of', { field: 'Loyalty card' }) })
    .fill('c-7')
  await marta.page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  await expect(marta.page.getByRole('button', { name: /Loyalty card contains/ })).toBeVisible()
  await expect(marta.row('Nora Keller')).toBeVisible()
  await expect(marta.row('Ugo Neri')).toBeHidden()
})

test('a custom field is a column of the table until it is put away', async ({ as, conversation }) => {
  const admin = await as('admin')
  await admin.open('/settings/contact_fields/new')
  await admin.page.getByRole('textbox', { name: en.say('settings_name'), exact: true }).fill('Loyalty card')
  await admin.button('settings_field_create').click()
  await expect(admin.page.getByRole('heading', { name: 'Loyalty card' })).toBeVisible()
  const { marta } = await conversation('Hello?')
  const { page } = marta
  const field = page.getByRole('button', {
    name: new RegExp(`^${en.say('sidebar_edit', { field: 'Loyalty card' })}`),
  })
  await field.click()
  await page.getByRole('textbox', { name: 'Loyalty card' }).fill('C-77')
  await page.keyboard.press('Enter')
  await expect(field).toContainText('C-77')

  await marta.open('/interactions?state=all&view=table')
  await marta.button('table_columns').click()
  const chooser = page.getByRole('dialog', { name: en.say('table_columns') })
  await chooser.getByText('Loyalty card').click()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('columnheader', { name: 'Loyalty card' })).toBeVisible()
  await expect(marta.row('Nora Keller').getByRole('gridcell', { name: 'C-77' })).toBeVisible()

  // A view keeps it, and it comes back with the page.
  await marta.button('views_save').click()
  await marta.field('views_name').fill('Cards')
  await page
    .getByRole('dialog')
    .getByRole('button', { name: en.say('views_save_button') })
    .click()
  await expect(page.getByRole('button', { name: 'Cards', exact: true })).toBeVisible()
  await marta.open('/interactions')
  await page.getByRole('button', { name: 'Cards', exact: true }).click()
  await expect(marta.row('Nora Keller').getByRole('gridcell', { name: 'C-77' })).toBeVisible()

  await admin.button('settings_field_archive').click()
  await expect(page.getByRole('columnheader', { name: 'Loyalty card' })).toBeHidden()
  await expect(marta.row('Nora Keller')).toBeVisible()
})

test('a mention rings the bell of who is meant, and leads to the conversation', async ({
  as,
  conversation,
}) => {
  const { marta } = await conversation('Hello?')
  const tom = await as('tom')
  await tom.open('/')
  await expect(tom.page.getByRole('button', { name: en.say('notices_title'), exact: true })).toBeVisible()

  await marta.page.keyboard.press('Alt+n')
  await expect(marta.note('Nora Keller')).toBeFocused()
  await marta.page.keyboard.type('@tom')
  const names = marta.page.getByRole('listbox', { name: en.say('suggest_colleagues') })
  await expect(names.getByRole('option', { selected: true })).toContainText('Tom Hughes')
  await marta.page.keyboard.press('Enter')
  await marta.page.keyboard.type('have a look')
  await expect(marta.note('Nora Keller')).toHaveValue('@Tom Hughes have a look')
  await marta.page.keyboard.press('Enter')

  const bell = tom.page.getByRole('button', { name: en.say('notices_title_unread', { count: 1 }) })
  await expect(bell).toBeVisible()
  await bell.click()
  const words = en.say('notices_mentioned', { name: 'Marta Bianchi', customer: 'Nora Keller' })
  await tom.page.getByRole('dialog').getByRole('button', { name: words }).click()
  await expect(tom.message('have a look')).toBeVisible()
  await expect(tom.page.getByRole('button', { name: en.say('notices_title'), exact: true })).toBeVisible()
})
