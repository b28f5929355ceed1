import { en, expect, test } from '../harness/index.ts'

test('when the window is shut the customer is recontacted, and their answer opens it again', async ({
  as,
  phones,
}) => {
  const marta = await as('marta')
  await marta.open('/')
  const nora = await phones.add('Nora Keller', '+41 79 555 01 23')
  await phones.write(nora, 'I wrote yesterday', { at: 25 * 3600 })
  await marta
    .offer('Nora Keller')
    .getByRole('button', { name: en.say('offers_accept') })
    .click()
  await expect(marta.page.getByText(en.say('composer_window')).first()).toBeVisible()

  await marta.button('templates_recontact').click()
  const words = 'Hello Nora, this is Marta Bianchi of Aurora Living. Shall we pick up where we left off?'
  const heard = await phones.hears(nora, words)
  await expect(marta.page.getByText(words).first()).toBeVisible()
  await expect(marta.page.getByText(en.say('templates_recontact_pending'))).toBeVisible()
  await expect(marta.button('templates_recontact')).toBeDisabled()

  await phones.tap(nora, heard.id, 'Yes, let us')
  await expect(marta.composer('Nora Keller')).toBeEditable()
  await marta.composer('Nora Keller').fill('Where were we?')
  await marta.composer('Nora Keller').press('Enter')
  await phones.hears(nora, 'Where were we?')
})

test('somebody new is written to with a template, and answers', async ({ as, phones }) => {
  const marta = await as('marta')
  await marta.open('/interactions')
  const ada = await phones.add('Ada Neri', '+39 348 555 0177')
  await marta.button('templates_start').click()
  const dialog = marta.page.getByRole('dialog')
  // In the account's country, so without its prefix.
  await dialog.getByLabel(en.say('templates_start_phone')).fill('348 555 0177')
  await expect(dialog.getByText(en.say('templates_start_new'))).toBeVisible()
  await dialog.getByLabel(en.say('templates_start_new_contact')).fill('Ada Neri')
  await dialog.getByRole('button', { name: /^Order shipped/ }).click()
  const send = dialog.getByRole('button', { name: en.say('templates_send') })
  // Every variable is asked for.
  await expect(send).toBeDisabled()
  await dialog.getByLabel(en.say('templates_slot_body_number', { number: '1' })).fill('Ada')
  await dialog.getByLabel(en.say('templates_slot_body_number', { number: '2' })).fill('A-1042')
  await dialog.getByLabel(en.say('templates_slot_body_number', { number: '3' })).fill('Friday')
  await dialog.getByLabel(en.say('templates_slot_button', { name: 'Track parcel' })).fill('A-1042')
  const words = 'Hello Ada, order A-1042 left our warehouse today and should reach you by Friday.'
  await expect(dialog.getByText(words)).toBeVisible()
  await send.click()

  await phones.hears(ada, words)
  await expect(marta.page.getByText(words).first()).toBeVisible()
  await expect(marta.page.getByText(en.say('composer_window')).first()).toBeVisible()
  await phones.write(ada, 'Thank you!')
  await expect(marta.composer('Ada Neri')).toBeEditable()
})
