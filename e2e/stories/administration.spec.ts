import type { Page } from '@playwright/test'
import { en, expect, test } from '../harness/index.ts'
import { Person } from '../harness/person.ts'

const say = en.say.bind(en)

test('an administrator makes a queue, a colleague and an account, and the ledger gives what came too early', async ({
  as,
  phones,
  server,
  browser,
}) => {
  const elena = await as('admin')
  const { page } = elena

  await elena.open('/settings/users')
  await elena.button('settings_user_new').click()
  await elena.field('settings_name').fill('Paolo Conti')
  await elena.field('settings_login').fill('paolo')
  await elena.field('settings_password').fill('Sedia-blu-42')
  await elena.button('settings_user_create').click()
  await expect(page.getByRole('heading', { name: 'Paolo Conti' })).toBeVisible()

  await elena.open('/settings/queues')
  await elena.button('settings_queue_new').click()
  await elena.field('settings_name').fill('Complaints')
  await pick(page, 'settings_agents', 'Paolo Conti')
  await elena.button('settings_queue_create').click()
  await expect(page.getByRole('heading', { name: 'Complaints' })).toBeVisible()

  // The app has a second number that nobody has told the desk of.
  await phones.app('demo', {
    id: 'demo',
    app_secret: 'demo-app-secret',
    access_tokens: ['demo-access-token'],
    verify_token: 'demo-verify-token',
    webhook_url: `${server.url}/webhooks/meta/demo`,
    business_account_id: '200000000000001',
    numbers: [
      {
        phone_number_id: '100000000000001',
        display_phone_number: '+39 02 5550 1234',
        verified_name: 'Aurora Living',
      },
      {
        phone_number_id: '100000000000077',
        display_phone_number: '+39 06 5550 7777',
        verified_name: 'Aurora Roma',
      },
    ],
  })
  const nora = await phones.add('Nora Keller', '+41 79 555 01 23')
  await phones.write(nora, 'Is anybody in Rome?', { to: '100000000000077' })

  await elena.open('/ledger?state=failed')
  const delivery = page.getByRole('link').filter({ hasText: '100000000000077' })
  await delivery.click()
  await expect(page.getByText(say('ledger_fix_number', { number: '100000000000077' }))).toBeVisible()
  const ledger = page.url()

  await page.getByRole('link', { name: say('ledger_fix_number_add') }).click()
  await expect(elena.field('settings_phone_number_id')).toHaveValue('100000000000077')
  await elena.field('settings_name').fill('Roma')
  await elena.field('settings_business_account_id').fill('200000000000001')
  await elena.field('settings_base_url').fill(`${server.url}/simulator/meta/v23.0`)
  await elena.field('settings_access_token').fill('demo-access-token')
  await elena.field('settings_app_secret').fill('demo-app-secret')
  await elena.field('settings_verify_token').fill('demo-verify-token')
  await page.getByRole('button', { name: new RegExp(say('settings_default_queue')) }).click()
  await page.getByRole('option', { name: 'Complaints' }).click()
  await pick(page, 'settings_agents', 'Paolo Conti')
  await elena.button('settings_account_create').click()
  await expect(page.getByRole('heading', { name: 'Roma' })).toBeVisible()
  await elena.button('settings_check').click()
  await expect(page.getByRole('list', { name: say('settings_check_all_good') })).toBeVisible()

  // A first password is for once.
  const context = await browser.newContext({ baseURL: server.url })
  const paolo = new Person(await context.newPage())
  await paolo.signInAt('/', 'paolo', 'Sedia-blu-42')
  await paolo.field('signin_current_password').fill('Sedia-blu-42')
  await paolo.field('signin_new_password').fill('Tavolo-verde-7')
  await paolo.button('signin_set_password').click()
  await paolo.isLive()

  await page.goto(ledger)
  await elena.button('ledger_replay').click()
  await expect(paolo.offer('Nora Keller')).toContainText('Is anybody in Rome?')
  await paolo.accept('Nora Keller')
  await paolo.send('Nora Keller', 'I am.')
  await phones.hears(nora, 'I am.')
  await context.close()
})

test('a number at another provider is set up by what it is called there, and what does not work is named', async ({
  as,
}) => {
  const elena = await as('admin')
  const { page } = elena
  await elena.open('/settings/accounts/new')
  await page.getByText('Twilio', { exact: true }).click()
  await elena.field('settings_name').fill('Torino')
  await elena.field('settings_twilio_sender').fill('not a number')
  await elena.field('settings_account_sid').fill('AC1')
  await elena.field('settings_base_url').fill('http://127.0.0.1:9')
  await elena.field('settings_twilio_token').fill('a-token')
  await page.getByRole('button', { name: new RegExp(say('settings_default_queue')) }).click()
  await page.getByRole('option').first().click()
  await elena.button('settings_account_create').click()
  await expect(page.getByText(say('settings_number_format'))).toBeVisible()
  await elena.field('settings_twilio_sender').fill('14155238886')
  await elena.button('settings_account_create').click()
  await expect(page.getByRole('heading', { name: 'Torino' })).toBeVisible()
  await expect(page.getByText(/\/webhooks\/twilio\/torino$/)).toBeVisible()
  await expect(page.getByText(say('settings_twilio_step_retry'))).toBeVisible()

  await elena.button('settings_check').click()
  const checks = page.getByRole('list', { name: say('settings_check_not_good') })
  await expect(checks).toContainText(say('settings_check_provider', { provider: 'Twilio' }))
  await expect(checks).toContainText(say('settings_check_provider_fix', { provider: 'Twilio' }))
  // Whoever can mend it sees it everywhere.
  const banner = page.getByRole('alert').filter({ hasText: say('account_trouble', { name: 'Torino' }) })
  await expect(banner).toBeVisible()

  const test = page.getByRole('form', { name: say('settings_test') })
  await test.getByLabel(say('settings_test_to')).fill('+39 06 5550 0000')
  await test.getByRole('button', { name: say('settings_test_send') }).click()
  await expect(page.getByText(say('conversation_fail_network'))).toBeVisible()
  await elena.open('/contacts')
  await banner.getByRole('button', { name: say('account_trouble_hide') }).click()
  await expect(banner).toBeHidden()
})

/** Chooses one in a field for several. */
async function pick(page: Page, key: string, name: string): Promise<void> {
  await page.getByRole('button', { name: say('ui_add_to', { label: say(key) }) }).click()
  await page.getByRole('option', { name }).click()
  await page.keyboard.press('Escape')
}
