// The pictures of the README: the demo as it comes, light and dark.
import type { Page } from '@playwright/test'
import { en, expect, test } from '../harness/index.ts'

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme })

    test('a conversation', async ({ as }) => {
      const marta = await as('marta', { colorScheme })
      await marta.open('/interactions?agent=me')
      // Offers of the demo come and go; they would be in the way.
      await marta.page.addStyleTag({ content: `[aria-label="${en.say('frame_offers')}"] { display: none }` })
      const list = marta.page.getByRole('grid', { name: en.say('interactions_list') })
      await list.getByRole('row').nth(1).click()
      await expect(marta.thread.getByRole('article').last()).toBeVisible()
      await keep(marta.page, `conversation-${colorScheme}`)
    })

    test('the phones', async ({ page }) => {
      await page.goto('/simulator/')
      await page.waitForLoadState('load')
      const chats = page.getByText('Aurora Living', { exact: true })
      await expect(chats.first()).toBeVisible()
      await chats.first().click()
      await keep(page, `phones-${colorScheme}`)
    })
  })
}

async function keep(page: Page, name: string): Promise<void> {
  await page.mouse.move(0, 0)
  await page.evaluate(() => document.fonts.ready)
  await page.waitForTimeout(800)
  const path = new URL(`../../docs/images/${name}.png`, import.meta.url).pathname
  await page.screenshot({ path, animations: 'disabled', caret: 'hide' })
}
