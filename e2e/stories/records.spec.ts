import { readFile } from 'node:fs/promises'
import type { Locator } from '@playwright/test'
import { en, expect, type Person, test } from '../harness/index.ts'

test.use({ emptied: false })

async function made(elena: Person, contact: Record<string, unknown>): Promise<number> {
  const { request } = elena.context
  const base = new URL(elena.page.url()).origin
  const lists = await (await request.get(`${base}/api/v1/contact_lists`)).json()
  const answer = await request.post(`${base}/api/v1/contacts`, {
    data: { list_id: lists[0].id, force: true, ...contact },
    headers: { Origin: base },
  })
  expect(answer.status(), await answer.text()).toBe(201)
  return (await answer.json()).id
}

function count(of: Locator, key: string): Locator {
  return of
    .getByRole('term')
    .filter({ hasText: en.say(key) })
    .locator('xpath=following-sibling::dd')
}

test('two records of one person are merged side by side, and parted again', async ({ as }) => {
  const elena = await as('admin')
  const { page } = elena
  await elena.open('/')
  const ada = await made(elena, { first_name: 'Ada', email: 'ada@example.com', tags: [] })
  const other = await made(elena, { first_name: 'Ada King', email: 'king@example.com', company: 'Engines' })
  const third = await made(elena, { first_name: 'Grace', email: 'ADA@example.com' })

  // Suggested, with the reason; told apart once and for all.
  await elena.command('duplicates_command')
  const pair = page.getByRole('listitem').filter({ hasText: `#${third}` })
  await expect(pair.getByText(en.say('duplicates_email'))).toBeVisible()
  await pair.getByRole('button', { name: en.say('duplicates_apart') }).click()
  await expect(pair).toHaveCount(0)

  // Another one is found by hand, and what differs is chosen.
  await elena.open(`/contacts/${ada}`)
  await page.getByRole('button', { name: en.say('merge_with') }).click()
  await page.getByRole('searchbox', { name: en.say('merge_find_label') }).fill('king')
  await page.getByRole('button', { name: `#${other}` }).click()
  await expect(page.getByRole('heading', { level: 1, name: en.say('merge_title') })).toBeVisible()
  const email = page.getByRole('radio', { name: `${en.say('sidebar_email')}: king@example.com` })
  await email.check()
  await expect(page.getByRole('radio', { name: 'ada@example.com' })).not.toBeChecked()
  await page.getByRole('button', { name: en.say('merge_run') }).click()

  await expect(page.getByText(en.say('merge_done', { name: 'Ada' }))).toBeVisible()
  await expect(page.getByRole('heading', { level: 1, name: 'Ada' })).toBeVisible()
  await expect(page.getByText('king@example.com').first()).toBeVisible()
  await expect(page.getByText('Engines').first()).toBeVisible()

  // The one that went says where to; later, the merge is taken back from the card.
  await elena.open(`/contacts/${other}`)
  await page.getByRole('link', { name: en.say('merge_went_into', { id: ada }) }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Ada' })).toBeVisible()
  await page.getByRole('button', { name: en.say('merge_undo') }).click()
  await expect(page.getByText(en.say('merge_line_undone'))).toBeVisible()
  await expect(page.getByText('ada@example.com').first()).toBeVisible()
  await elena.open(`/contacts/${other}`)
  await expect(page.getByRole('heading', { level: 1, name: 'Ada King' })).toBeVisible()
})

test('a person is erased: asked twice, and nothing of them is left', async ({ as }) => {
  const elena = await as('admin')
  const { page } = elena
  await elena.open('/')
  const ada = await made(elena, { first_name: 'Ada', email: 'ada@example.com' })
  await elena.open(`/contacts/${ada}`)
  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: en.say('privacy_download') }).click()
  expect((await downloading).suggestedFilename()).toBe(`contact-${ada}.zip`)

  await page.getByRole('button', { name: en.say('privacy_erase') }).click()
  const run = page.getByRole('button', { name: en.say('privacy_erase_run') })
  await expect(run).toBeDisabled()
  await page.getByLabel(en.say('privacy_reason')).fill('Her letter of 20 November')
  await expect(run).toBeDisabled()
  await page.getByText(en.say('privacy_sure')).click()
  await run.click()
  const done = page.getByRole('dialog', { name: en.say('privacy_erased_title') })
  await expect(done.getByText(en.say('privacy_erased_contacts', { count: 1 }))).toBeVisible()
  await done
    .getByRole('button', { name: en.say('ui_close') })
    .last()
    .click()
  await expect(page.getByText(en.say('privacy_erased'))).toBeVisible()
  await expect(page.getByText('ada@example.com')).toHaveCount(0)
})

test('a file of contacts is mapped, checked, brought in and taken back', async ({ as }) => {
  const elena = await as('admin')
  const { page } = elena
  await elena.open('/')
  await made(elena, { first_name: 'Grace', email: 'grace@example.com' })
  await elena.command('import_contacts')
  const rows = [
    'Vorname;Nachname;E-Mail;Handy;Kundennummer',
    'Ada;Lovelace;ada@example.com;+39 333 1234567;A-1',
    '"Zoë ""Z""";O\'Neil;zoe@example.com;+39 333 1234568;A-2',
    'Grace;Hopper;grace@example.com;;A-3',
    ';;;not a number;A-4',
  ]
  await page.getByLabel(en.say('import_choose')).setInputFiles({
    name: 'customers.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(rows.join('\r\n'), 'utf8'),
  })
  await expect(page.getByRole('heading', { level: 1, name: /customers\.csv/ })).toBeVisible()
  await expect(page.getByText(/Lovelace/).first()).toBeVisible()
  await page.getByRole('button', { name: en.say('import_check') }).click()
  await expect(page.getByText(en.say('import_checked'))).toBeVisible()
  await expect(count(page.locator('main'), 'import_outcome_new')).toHaveText('2')
  await expect(count(page.locator('main'), 'import_outcome_duplicate')).toHaveText('1')
  await expect(count(page.locator('main'), 'import_outcome_invalid')).toHaveText('1')

  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: 'CSV' }).click()
  expect(await readFile(await (await downloading).path(), 'utf8')).toContain('Grace,Hopper,grace@example.com')

  await page.getByRole('button', { name: en.say('import_run') }).click()
  const undo = page.getByRole('button', { name: en.say('import_undo') })
  await expect(undo).toBeVisible()
  const found = async (search: string) => {
    const answer = await page.request.get(`/api/v1/contacts?search=${search}`)
    return (await answer.json()).items.length
  }
  expect(await found('ada@example.com')).toBe(1)
  await undo.click()
  await page
    .getByRole('alertdialog')
    .getByRole('button', { name: en.say('import_undo') })
    .click()
  await expect(page.getByText(en.say('import_undone'))).toBeVisible()
  expect(await found('ada@example.com')).toBe(0)
  expect(await found('grace@example.com')).toBe(1)
})

test('a list says who may do what in it, goes, and comes back', async ({ as, admin }) => {
  const elena = await as('admin')
  const { page } = elena
  await elena.open('/settings/contact_lists/new')
  await elena.field('settings_name').fill('Wholesale')
  await page.getByRole('button', { name: en.say('settings_list_add') }).click()
  await page.getByRole('button', { name: new RegExp(en.say('settings_list_member', { number: 1 })) }).click()
  await page.getByRole('option', { name: 'Marta Bianchi' }).click()
  await page
    .getByRole('button', { name: new RegExp(en.say('settings_list_level', { name: 'Marta Bianchi' })) })
    .click()
  await page.getByRole('option', { name: en.say('settings_level_view'), exact: true }).click()
  await page.getByRole('button', { name: en.say('settings_list_create') }).click()
  await expect(page.getByRole('heading', { level: 2, name: 'Wholesale' })).toBeVisible()
  type List = { name: string; level: string | null; export: boolean }
  const marta = await as('marta')
  const seen: List[] = await (await marta.context.request.get('/api/v1/contact_lists')).json()
  expect(seen.find(({ name }) => name === 'Wholesale')).toMatchObject({ level: 'view', export: false })
  const tom = await as('tom')
  const others: List[] = await (await tom.context.request.get('/api/v1/contact_lists')).json()
  expect(others.map(({ name }) => name)).not.toContain('Wholesale')

  await page.getByRole('button', { name: en.say('settings_list_remove') }).click()
  await expect(page.getByText(en.say('settings_list_deleted_help'))).toBeVisible()
  await page.getByRole('button', { name: en.say('settings_list_restore') }).click()
  await expect(page.getByText(en.say('settings_list_deleted_help'))).toBeHidden()
  // The one that an account puts its new contacts into stays.
  const [first] = await admin.get<{ id: number }[]>('contact_lists')
  await elena.open(`/settings/contact_lists/${first?.id}`)
  await page.getByRole('button', { name: en.say('settings_list_remove') }).click()
  await expect(page.getByText(en.say('settings_list_of_account'))).toBeVisible()
})

test('a filter of contacts is saved for everybody, and one click away for a colleague', async ({ as }) => {
  const luca = await as('luca')
  await luca.open('/contacts?mine=true&sort=name')
  await luca.button('views_save').click()
  await luca.field('views_name').fill('My people')
  await luca.page.getByText(en.say('views_shared'), { exact: true }).click()
  await luca.page.getByRole('button', { name: en.say('views_save_button'), exact: true }).click()
  await expect(luca.page.getByRole('button', { name: 'My people', pressed: true })).toBeVisible()
  const marta = await as('marta')
  await marta.open('/contacts')
  await marta.page.getByRole('button', { name: 'My people', pressed: false }).click()
  await expect(marta.page).toHaveURL(/mine=true/)
  await expect(marta.page.getByRole('button', { name: 'My people', pressed: true })).toBeVisible()
})

test('a company is made, renamed for everybody who works there, and leads to them', async ({ as }) => {
  const elena = await as('admin')
  const { page } = elena
  await elena.open('/contacts')
  await page.getByRole('button', { name: en.say('companies_command') }).click()
  await page.getByRole('button', { name: en.say('companies_new') }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(en.say('settings_name')).fill('Verdi & figli')
  await dialog.getByLabel(en.say('companies_url')).fill('not an address')
  await dialog.getByRole('button', { name: en.say('ui_save') }).click()
  await expect(dialog.getByLabel(en.say('companies_url'))).toHaveAttribute('aria-invalid', 'true')
  await dialog.getByLabel(en.say('companies_url')).fill('https://verdi.example')
  await dialog.getByLabel(en.say('companies_url')).press('Enter')
  await expect(dialog).toBeHidden()
  await page.getByRole('searchbox', { name: en.say('companies_search') }).fill('verdi')
  const row = page.getByRole('list', { name: en.say('companies_title') }).getByRole('listitem')
  await expect(row).toHaveCount(1)
  await expect(row).toContainText('verdi.example')
  await row.getByRole('button', { name: en.say('companies_edit', { name: 'Verdi & figli' }) }).click()
  await dialog.getByLabel(en.say('settings_name')).fill('Verdi SpA')
  await dialog.getByRole('button', { name: en.say('ui_save') }).click()
  await expect(row).toContainText('Verdi SpA')
  await row.getByRole('link', { name: en.say('companies_contacts') }).click()
  await expect(page).toHaveURL(/company=\d+/)
})
