import { en, expect, it, test } from '../harness/index.ts'

test('the desk speaks Italian once asked to, and still does after a reload', async ({ as }) => {
  const marta = await as('marta')
  await marta.open('/')
  await marta.page.getByRole('button', { name: `${en.say('frame_user_menu')}: Marta Bianchi` }).click()
  await marta.page.getByRole('menuitemradio', { name: 'Italiano' }).click()

  const rail = marta.page.getByRole('navigation', { name: it.say('frame_navigation') })
  await expect(rail.getByRole('link', { name: it.say('frame_interactions') })).toBeVisible()
  await expect(marta.page.locator('html')).toHaveAttribute('lang', 'it')
  await marta.page.reload()
  await expect(rail.getByRole('link', { name: it.say('frame_interactions') })).toBeVisible()
})
