import { en, expect, type Person, test } from '../harness/index.ts'

function row({ page }: Person, name: string) {
  return page
    .getByRole('grid', { name: en.say('contacts_title') })
    .getByRole('row')
    .filter({ hasText: name })
}

async function add(person: Person, first: string, last: string, phone: string): Promise<void> {
  const { page } = person
  await person.open('/contacts')
  await person.button('contacts_new').click()
  await person.field('sidebar_first_name').fill(first)
  await person.field('sidebar_last_name').fill(last)
  await person.field('sidebar_phone').fill(phone)
  await page.getByRole('button', { name: en.say('contacts_add') }).click()
}

test('a contact is added, and another with the same number only when one insists', async ({ as }) => {
  const elena = await as('admin')
  const { page } = elena
  await add(elena, 'Greta', 'Moser', '+41 79 555 02 01')
  await expect(page.getByRole('heading', { name: 'Greta Moser' })).toBeVisible()

  await add(elena, 'Gretel', 'Moser', '+41 79 555 02 01')
  await expect(page.getByText(en.say('contacts_duplicate'))).toBeVisible()
  const form = page.getByRole('form', { name: en.say('contacts_new') })
  await expect(form.getByRole('link', { name: 'Greta Moser' })).toBeVisible()
  await page.getByRole('button', { name: en.say('contacts_add_anyway') }).click()
  await expect(page.getByRole('heading', { name: 'Gretel Moser' })).toBeVisible()

  // Back in the list, both are found, one is deleted and brought back.
  await page
    .getByRole('link', { name: en.say('contacts_title'), exact: true })
    .last()
    .click()
  await page.getByRole('searchbox').fill('Moser')
  await expect(row(elena, 'Greta Moser')).toBeVisible()
  await row(elena, 'Gretel Moser').getByRole('checkbox').check()
  await page
    .getByRole('toolbar')
    .getByRole('button', { name: en.say('contacts_delete') })
    .click()
  await page
    .getByRole('alertdialog')
    .getByRole('button', { name: en.say('contacts_delete') })
    .click()
  await expect(page.getByText(en.say('contacts_deleted', { count: 1 }))).toBeVisible()
  await page.getByRole('radio', { name: en.say('contacts_view_deleted') }).click()
  await row(elena, 'Gretel Moser').click()
  await page.getByRole('button', { name: en.say('contacts_restore') }).click()
  await expect(page.getByRole('button', { name: en.say('contacts_edit'), exact: true })).toBeVisible()
})

test('somebody else saves first: one sees what, chooses, and is asked before anything is lost', async ({
  as,
}) => {
  const elena = await as('admin')
  const luca = await as('luca')
  const { page } = elena
  await add(elena, 'Greta', 'Moser', '+41 79 555 02 01')
  await expect(page.getByRole('heading', { name: 'Greta Moser' })).toBeVisible()
  const id = Number(/contacts\/(\d+)/.exec(page.url())?.[1])
  await page.getByRole('button', { name: en.say('contacts_edit'), exact: true }).click()
  const company = page.getByRole('combobox', { name: en.say('sidebar_company') })
  await company.fill('Moser AG')
  await elena.field('sidebar_last_name').fill('Moser-Frei')

  const { origin } = new URL(page.url())
  const held = await (await luca.context.request.get(`/api/v1/contacts/${id}`)).json()
  const saved = await luca.context.request.patch(`/api/v1/contacts/${id}`, {
    data: { version: held.version, company: 'Moser GmbH', email: 'greta@moser.example' },
    headers: { Origin: origin },
  })
  expect(saved.status(), await saved.text()).toBe(200)

  await page.keyboard.press('Control+s')
  await expect(page.getByText(/Luca Marchetti saved this contact first/)).toBeVisible()
  await expect(elena.field('sidebar_email')).toHaveValue('greta@moser.example')
  await page.getByText(en.say('contacts_take_theirs', { value: 'Moser GmbH' })).click()
  await expect(company).toHaveValue('Moser GmbH')
  await page.getByText(en.say('contacts_keep_mine', { value: 'Moser AG' })).click()

  // Leaving now would lose it.
  await page.getByRole('link', { name: en.say('contacts_back_to_card') }).click()
  await page.getByRole('button', { name: en.say('settings_stay') }).click()
  await page.keyboard.press('Escape')
  await company.press('Control+s')
  await expect(page.getByRole('heading', { name: 'Greta Moser-Frei' })).toBeVisible()
  await expect(page.getByText('Moser AG').first()).toBeVisible()
  await expect(page.getByText('greta@moser.example')).toBeVisible()

  await page.getByRole('textbox', { name: en.say('contacts_note_new') }).fill('Calls after six only')
  await page.keyboard.press('Control+Enter')
  await page.getByRole('button', { name: en.say('contacts_note_pin') }).click()
  await expect(page.getByRole('button', { name: en.say('contacts_note_unpin') })).toBeVisible()
})

test('what is learnt in a conversation stands in the list of a colleague at once', async ({
  as,
  conversation,
}) => {
  const { marta } = await conversation('Hello?')
  const elena = await as('admin')
  await elena.open('/contacts?search=Keller')
  await expect(row(elena, 'Nora')).toBeVisible()

  await marta.button('contacts_edit_all').click()
  await marta.field('sidebar_email').fill('nora@keller.example')
  // Looked up something else before it was saved: nothing typed is lost, and nobody is asked about it.
  await marta.page.getByRole('tab', { name: en.say('sidebar_journey') }).click()
  await expect(marta.field('sidebar_email')).toBeHidden()
  await marta.page.getByRole('tab', { name: en.say('sidebar_contact') }).click()
  await expect(marta.field('sidebar_email')).toHaveValue('nora@keller.example')
  const here = marta.page.url()
  await marta.page.getByRole('link', { name: en.say('frame_contacts') }).click()
  await expect(marta.page).toHaveURL(/\/contacts/)
  await marta.page.goBack()
  await expect(marta.page).toHaveURL(here)
  await expect(marta.field('sidebar_email')).toHaveValue('nora@keller.example')
  await marta.field('sidebar_email').press('Control+s')
  await expect(marta.page.getByRole('button', { name: /nora@keller\.example/ })).toBeVisible()
  await expect(row(elena, 'nora@keller.example')).toBeVisible()

  // She was somebody else all along.
  await add(elena, 'Greta', 'Moser', '+41 79 555 02 01')
  await expect(elena.page.getByRole('heading', { name: 'Greta Moser' })).toBeVisible()
  await marta.button('contacts_link_other').click()
  await marta.page.getByRole('dialog').getByRole('searchbox').fill('Moser')
  await marta.page
    .getByRole('dialog')
    .getByRole('button', { name: /Greta Moser/ })
    .click()
  await expect(marta.page.getByText(en.say('contacts_linked', { name: 'Greta Moser' }))).toBeVisible()
  await expect(marta.page.getByRole('heading', { name: 'Greta Moser' }).first()).toBeVisible()
})
