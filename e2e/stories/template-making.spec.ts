import { en, expect, type Person, test } from '../harness/index.ts'

const box = (person: Person, key: string) =>
  person.page.getByRole('textbox', { name: en.say(key), exact: true })

async function choose(person: Person, key: string, option: string): Promise<void> {
  await person.page.getByRole('button', { name: new RegExp(en.say(key)) }).click()
  await person.page.getByRole('option', { name: option, exact: true }).click()
}

test('a template is written, reviewed, made available, and sent to a customer', async ({ as, phones }) => {
  const elena = await as('admin')
  const { page } = elena
  await elena.open('/settings/templates')
  await elena.button('template_new').click()
  await box(elena, 'template_name').fill('Parcel is late!')
  await expect(box(elena, 'template_name')).toHaveValue('parcel_is_late_')

  // What WhatsApp would refuse is said beside the field; what is merely empty waits.
  await box(elena, 'template_body').fill('{{1}}, your parcel comes one day later.')
  await expect(box(elena, 'template_name')).toHaveValue('parcel_is_late')
  await box(elena, 'template_body').press('Tab')
  await expect(page.getByText(en.say('template_rule_variable_at_edge'))).toBeVisible()
  await expect(page.getByText(en.say('field_required'))).toHaveCount(0)
  await elena.button('template_send').click()
  await expect(page.getByText(en.say('field_required')).first()).toBeVisible()
  await expect(box(elena, 'template_body')).toBeFocused()
  await box(elena, 'template_body').fill('Hello {{1}}, your parcel comes one day later.')
  await expect(page.getByText(en.say('template_rule_variable_at_edge'))).toHaveCount(0)
  const sample = page.getByRole('textbox', { name: en.say('templates_slot_body_number', { number: '1' }) })
  await sample.fill('Maria')
  await elena.button('template_add_button').click()
  await page.getByRole('menuitem', { name: en.say('template_quick_reply'), exact: true }).click()
  await page
    .getByRole('group', { name: en.say('template_quick_reply') })
    .getByRole('textbox')
    .fill('Fine')
  const preview = page.getByRole('complementary', { name: en.say('settings_templates_preview') })
  await expect(preview.getByText('Hello Maria, your parcel comes one day later.')).toBeVisible()

  // Nothing is lost by going away without meaning to.
  await page.getByRole('link', { name: en.say('settings_queues') }).click()
  await page
    .getByRole('alertdialog')
    .getByRole('button', { name: en.say('settings_stay') })
    .click()
  await elena.button('template_send').click()

  await expect(page.getByRole('heading', { name: 'Parcel is late' })).toBeVisible()
  await expect(page.getByText(en.say('settings_templates_approved'))).toBeVisible()
  await page.getByText(en.say('settings_templates_available'), { exact: true }).click()
  await expect(page.getByText(en.say('settings_templates_saved'), { exact: true })).toBeVisible()

  const marta = await as('marta')
  await marta.open('/')
  const nora = await phones.add('Nora Keller', '+41 79 555 01 23')
  await phones.write(nora, 'Where is it?')
  await marta.accept('Nora Keller')
  await marta.page.keyboard.press('Alt+Shift+T')
  const dialog = marta.page.getByRole('dialog')
  await dialog.getByRole('button', { name: /^Parcel is late/ }).click()
  await dialog
    .getByRole('textbox', { name: en.say('templates_slot_body_number', { number: '1' }) })
    .fill('Nora')
  await dialog.getByRole('button', { name: en.say('templates_send') }).click()
  await phones.hears(nora, 'Hello Nora, your parcel comes one day later.')
})

test('a rejection says why, and the template is mended and sent again', async ({ as, phones }) => {
  const elena = await as('admin')
  const { page } = elena
  await elena.open('/settings/templates')
  await page.getByRole('row', { name: /Voucher/ }).click()
  await page.getByRole('heading', { name: 'Voucher' }).waitFor()
  const about = { status: 'rejected', reason: 'TAG_CONTENT_MISMATCH' }
  await phones.judge('voucher', 'en', about)
  await choose(elena, 'settings_templates_languages', 'English')
  await expect(page.getByText(en.say('template_reason_mismatch'))).toBeVisible()

  await elena.button('template_edit').click()
  await expect(box(elena, 'template_name')).toBeDisabled()
  const footer = box(elena, 'template_footer')
  await footer.fill('Aurora Living, your furniture')
  await elena.button('template_send').click()
  await expect(page.getByText(en.say('settings_templates_approved'))).toBeVisible()
  await expect(page.getByText('Aurora Living, your furniture')).toBeVisible()

  await elena.button('template_more').click()
  await page.getByRole('menuitem', { name: en.say('template_add_language') }).click()
  await choose(elena, 'template_language', 'French')
  await elena.button('template_send').click()
  await choose(elena, 'settings_templates_languages', 'French')
  await elena.button('template_more').click()
  await page.getByRole('menuitem', { name: en.say('template_delete_one', { language: 'French' }) }).click()
  await page
    .getByRole('alertdialog')
    .getByRole('button', { name: en.say('template_delete'), exact: true })
    .click()
  await expect(page.getByText(en.say('settings_templates_deleted'), { exact: true })).toBeVisible()
})
