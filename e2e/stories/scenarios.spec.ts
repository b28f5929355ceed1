import { expect, test } from '../harness/index.ts'

test('a trainer writes a scenario, plays it on the phones, watches it and stops another', async ({
  as,
  page,
  phones,
}) => {
  const marta = await as('marta')
  await marta.open('/')
  await page.goto('/simulator/')
  await page.getByRole('button', { name: 'Scenarios' }).click()
  const panel = page.getByRole('complementary', { name: 'Scenarios' })
  await expect(panel.getByRole('button', { name: /^Rush hour/ })).toBeVisible()

  // What is wrong is said with its line.
  await panel.getByRole('button', { name: /^Your own/ }).click()
  await panel.getByRole('textbox', { name: 'Script' }).fill('person ada: Ada Neri\nada: Hello\nada sings')
  await panel.getByRole('button', { name: 'Play' }).click()
  await expect(panel.getByRole('alert')).toContainText('line 3')

  const script = [
    'title: A short visit',
    'person ada: Ada Neri, +39 348 555 0177',
    'ada: Is anybody there?',
    'wait 20s to 40s',
    'ada sends voice',
    'ada waits for an answer with "here"',
    'ada reacts 👍',
  ]
  await panel.getByRole('textbox', { name: 'Script' }).fill(script.join('\n'))
  await panel.getByRole('combobox', { name: 'Speed' }).selectOption('20')
  await panel.getByRole('button', { name: 'Play' }).click()
  await expect(panel.getByRole('heading', { name: 'A short visit' })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Ada Neri’s phone' })).toContainText('Is anybody there?')
  await expect(panel.getByRole('status')).toContainText('Waiting for the desk.')
  await expect(panel.locator('[aria-current=step]')).toHaveText('ada waits for an answer with "here"')

  await marta.accept('Ada Neri')
  await marta.send('Ada Neri', 'Good morning')
  await marta.send('Ada Neri', 'I am here')
  await expect(panel.getByRole('status')).toHaveText('Played to the end.')
  await expect(marta.message('I am here')).toContainText('👍')
  await expect(marta.tick('I am here', 'conversation_tick_read')).toBeVisible()
  expect((await phones.messages('ada')).map(({ type }) => type)).toContain('audio')

  await panel.getByRole('button', { name: 'All scenarios' }).last().click()
  await panel.getByRole('button', { name: /^A customer who never answers/ }).click()
  await panel.getByRole('combobox', { name: 'Speed' }).selectOption('1')
  await panel.getByRole('button', { name: 'Play' }).click()
  await expect(panel.getByRole('status')).toContainText('Waiting for the desk.')
  await panel.getByRole('button', { name: 'Stop' }).click()
  await expect(panel.getByRole('status')).toContainText('Stopped after')
})

test('a phone says that the business has blocked it', async ({ as, page, phones }) => {
  const luca = await as('luca')
  await luca.open('/')
  const nora = await phones.add('Nora Keller', '+41 79 555 01 23')
  await phones.write(nora, 'Cheap sunglasses!!!')
  await luca.open('/interactions')
  await luca.row('Nora Keller').click()
  await expect(luca.thread).toBeVisible()
  await page.goto('/simulator/')
  await page.getByTitle('Nora Keller').click()
  const phone = page.getByRole('region', { name: 'Nora Keller’s phone' })
  await phone.getByText('Aurora Living').click()
  await luca.command('interactions_block')
  const dialog = luca.page.getByRole('dialog')
  await dialog.getByRole('textbox').fill('Advertising')
  await dialog.getByRole('button').last().click()
  await expect(dialog).toBeHidden()
  await expect(phone.getByText('This business has blocked you')).toBeVisible()
  await phone.getByRole('textbox').fill('Why?')
  await phone.getByRole('textbox').press('Enter')
  await expect(phone.getByText('Why?')).toBeVisible()
})
