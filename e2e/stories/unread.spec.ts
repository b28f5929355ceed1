import { en, expect, test } from '../harness/index.ts'

test('what is marked unread stays so, in its tab and its row, until it is opened anew', async ({
  as,
  phones,
}) => {
  const marta = await as('marta')
  await marta.open('/interactions')
  const nora = await phones.add('Nora Keller', '+41 79 555 01 23')
  const piet = await phones.add('Piet Jansen', '+31 6 5550 1234')
  await phones.write(nora, 'First')
  await marta.accept('Nora Keller')
  await phones.write(piet, 'Second')
  await marta.accept('Piet Jansen')

  const marked = en.say('interactions_marked_unread')
  // The list may stand still, with a row that came meanwhile behind its pill.
  await marta.page.keyboard.press('Alt+.')
  await expect(marta.row('Piet Jansen')).toBeVisible()
  await marta.page.keyboard.press('Alt+U')
  await expect(marta.tab('Piet Jansen').getByText(marked)).toBeAttached()
  await expect(marta.row('Piet Jansen').getByText(marked)).toBeAttached()
  await marta.tab('Nora Keller').click()
  await expect(marta.composer('Nora Keller')).toBeVisible()
  await expect(marta.tab('Piet Jansen').getByText(marked)).toBeAttached()
  await marta.tab('Piet Jansen').click()
  await expect(marta.composer('Piet Jansen')).toBeVisible()
  await expect(marta.tab('Piet Jansen').getByText(marked)).toHaveCount(0)
  await expect(marta.row('Piet Jansen').getByText(marked)).toHaveCount(0)
})
