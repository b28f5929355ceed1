import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { en, expect, test } from '../harness/index.ts'

const sections = ['general', 'users', 'teams', 'profiles', 'queues', 'accounts', 'templates', 'contact_lists']

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme })

    test('signing in, and the phones, are accessible', async ({ page, phones }) => {
      await page.goto('/')
      await expect(page.getByRole('textbox').first()).toBeVisible()
      await looksRight(page, 'sign-in')

      const nora = await phones.add('Nora Keller', '+41 79 555 01 23')
      await phones.write(nora, 'Hello')
      await page.goto('/simulator/')
      await expect(page.getByText('Nora', { exact: true }).first()).toBeVisible()
      await looksRight(page, 'phones')
      await page.getByRole('button', { name: 'Scenarios' }).click()
      await expect(page.getByRole('button', { name: /^Rush hour/ })).toBeVisible()
      await looksRight(page, 'scenarios')
    })

    test('an agent’s pages are accessible', async ({ as, phones }) => {
      const marta = await as('marta', { colorScheme })
      await marta.open('/')
      await looksRight(marta.page, 'dashboard')
      const nora = await phones.add('Nora Keller', '+41 79 555 01 23')
      await phones.write(nora, 'Hello')
      await expect(marta.offer('Nora Keller')).toBeVisible()
      await looksRight(marta.page, 'dashboard with an offer')
      await marta.accept('Nora Keller')
      await marta.send('Nora Keller', 'Good morning.')
      await looksRight(marta.page, 'conversation')
      await marta.open('/interactions')
      await expect(marta.row('Nora Keller')).toBeVisible()
      await looksRight(marta.page, 'interactions')
    })

    test('contacts are accessible', async ({ as }) => {
      const elena = await as('admin', { colorScheme })
      const { page } = elena
      await elena.open('/contacts')
      const first = page.getByRole('grid').getByRole('row').nth(1)
      await expect(first).toBeVisible()
      await looksRight(page, 'contacts')
      await first.click()
      await expect(page.getByRole('button', { name: en.say('contacts_edit'), exact: true })).toBeVisible()
      await looksRight(page, 'a contact')
      await page.getByRole('button', { name: en.say('contacts_edit'), exact: true }).click()
      await expect(elena.field('sidebar_first_name')).toBeVisible()
      await looksRight(page, 'the form of a contact')
    })

    test('an administrator’s pages are accessible', async ({ as }) => {
      const elena = await as('admin', { colorScheme })
      for (const section of sections) {
        await elena.open(`/settings/${section}`)
        await expect(elena.page.getByRole('heading', { level: 1 })).toBeVisible()
        await looksRight(elena.page, `settings, ${section}`)
      }
      await elena.open('/settings/templates')
      await elena.page.getByRole('row', { name: /Voucher/ }).click()
      await expect(elena.page.getByRole('heading', { name: 'Voucher' })).toBeVisible()
      await looksRight(elena.page, 'a template')
      await elena.button('template_edit').click()
      await expect(elena.field('template_name')).toBeVisible()
      await looksRight(elena.page, 'a template that is written')
      await elena.open('/ledger')
      await looksRight(elena.page, 'ledger')
    })
  })
}

/** No serious or critical finding. */
async function looksRight(page: Page, what: string): Promise<void> {
  // What fades in is judged when it stands.
  await page.waitForFunction(() =>
    document
      .getAnimations()
      .every(
        one => one.playState !== 'running' || one.effect?.getTiming().iterations === Number.POSITIVE_INFINITY,
      ),
  )
  // Initials in an avatar and a running clock are pictures of whom and how long, not words to say to a button.
  // React Aria's announcer speaks through elements that are gone a moment later.
  const { violations } = await new AxeBuilder({ page })
    .disableRules('label-content-name-mismatch')
    .exclude('[data-live-announcer]')
    .analyze()
  const grave = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, help, nodes }) =>
        `${id}: ${help}\n${nodes.map(node => `  ${node.html}: ${node.failureSummary ?? ''}`).join('\n')}`,
    )
  expect(grave, what).toEqual([])
}
