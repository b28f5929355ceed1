import { en, expect, test } from '../harness/index.ts'
import { Person, password } from '../harness/person.ts'

test('an agent works without a mouse: sign in, accept, answer, note, take, close', async ({
  page,
  phones,
}) => {
  const keys = page.keyboard
  const marta = new Person(page)
  const nora = await phones.add('Nora Keller', '+41 79 555 01 23')
  const piet = await phones.add('Piet Jansen', '+31 6 5550 1234')

  await page.goto('/')
  await expect(page.getByRole('textbox', { name: en.say('signin_login') })).toBeFocused()
  await keys.type('marta')
  await keys.press('Tab')
  await keys.type(password)
  await keys.press('Enter')
  await marta.isLive()

  await phones.write(nora, 'Can I change my order?')
  await expect(marta.offer('Nora Keller')).toBeVisible()
  await keys.press('a')
  await expect(marta.composer('Nora Keller')).toBeVisible()
  if (!(await marta.composer('Nora Keller').evaluate(box => box === document.activeElement)))
    await keys.press('w')
  await expect(marta.composer('Nora Keller')).toBeFocused()
  await keys.type('Yes, until tomorrow.')
  await keys.press('Enter')
  await phones.hears(nora, 'Yes, until tomorrow.')

  await keys.press('Alt+n')
  await expect(marta.note('Nora Keller')).toBeFocused()
  await keys.type('Wants the grey one')
  await keys.press('Enter')
  await expect(marta.message('Wants the grey one')).toBeVisible()
  await keys.press('Escape')

  // Paused, so that the next one waits instead of being offered.
  await keys.press('Control+k')
  await expect(page.getByPlaceholder(en.say('palette_search'))).toBeFocused()
  await keys.type(en.say('presence_pause'))
  await keys.press('Enter')
  await expect(
    page.getByRole('button', { name: `${en.say('frame_state')}: ${en.say('presence_paused')}` }),
  ).toBeVisible()
  await phones.write(piet, 'Hello?')
  await keys.press('g')
  await keys.press('i')
  const list = page.getByRole('grid', { name: en.say('interactions_list') })
  await expect(list).toBeVisible()
  await marta.open('/interactions?state=waiting')
  await expect(marta.row('Piet Jansen')).toBeVisible()
  await keys.press('l')
  await keys.press('j')
  await keys.press('t')
  // The list stands still while it has the focus; the full stop shows it as it is now.
  await expect(async () => {
    await keys.press('.')
    await expect(marta.row('Piet Jansen')).toBeHidden({ timeout: 500 })
  }).toPass()

  await marta.open('/interactions?agent=me')
  await expect(marta.row('Piet Jansen')).toBeVisible()
  await keys.press('l')
  await keys.press('j')
  await keys.press('e')
  await expect(page.getByRole('dialog').getByRole('combobox')).toBeFocused()
  await keys.press('Enter')
  // The list stands still under the reader: the row says it, and goes when the list is shown anew.
  await expect(list.getByRole('row').filter({ hasText: en.say('interactions_state_closed') })).toHaveCount(1)
})
