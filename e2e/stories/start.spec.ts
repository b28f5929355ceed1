import type { Locator } from '@playwright/test'
import type { Person } from '../harness/index.ts'
import { en, expect, NORA, test } from '../harness/index.ts'

/** Wants to write to this number. */
async function start(who: Person, number: string): Promise<Locator> {
  await who.button('templates_start').click()
  const dialog = who.page.getByRole('dialog')
  await dialog.getByLabel(en.say('templates_start_phone')).fill(number)
  return dialog
}

test('a new interaction leads to the one there is: held, free, one’s own, closed', async ({ as, phones }) => {
  const marta = await as('marta')
  const sofia = await as('sofia')
  await marta.open('/interactions')
  const nora = await phones.add(...NORA)
  await phones.write(nora, 'Hello?')
  await marta.accept('Nora Keller')

  // A colleague has it: she is asked for it.
  await sofia.open('/interactions')
  let dialog = await start(sofia, NORA[1])
  await expect(dialog.getByText(en.say('templates_start_held', { name: 'Marta Bianchi' }))).toBeVisible()
  await dialog.getByRole('button', { name: en.say('templates_start_ask', { name: 'Marta Bianchi' }) }).click()
  await expect(dialog).toBeHidden()
  await marta.reads('conversation_line_asked_for', { name: 'Sofía Romero' })

  // One's own, with the window open.
  await marta.open('/interactions')
  dialog = await start(marta, NORA[1])
  await expect(dialog.getByText(en.say('templates_start_open'))).toBeVisible()
  await dialog.getByRole('button', { name: en.say('templates_start_go'), exact: true }).click()
  await marta.send('Nora Keller', 'Yes?')
  await phones.hears(nora, 'Yes?')

  // Closed within the day: a colleague opens it again by writing.
  await marta.composer('Nora Keller').press('Alt+Shift+E')
  await marta.page.keyboard.press('Enter')
  await marta.reads('conversation_line_closed', { name: 'Marta Bianchi' })
  dialog = await start(sofia, NORA[1])
  await expect(dialog.getByText(en.say('templates_start_reopen'))).toBeVisible()
  await dialog.getByRole('button', { name: en.say('templates_start_go_reopen') }).click()
  await sofia.reads('conversation_line_reopened_by', { name: 'Sofía Romero' })
  await sofia.send('Nora Keller', 'I have a question for you')
  await phones.hears(nora, 'I have a question for you')
})

test('with the window shut only a template goes into the open conversation', async ({ as, phones }) => {
  const marta = await as('marta')
  await marta.open('/')
  const nora = await phones.add(...NORA)
  await phones.write(nora, 'I wrote yesterday', { at: 25 * 3600 })
  await marta
    .offer('Nora Keller')
    .getByRole('button', { name: en.say('offers_accept') })
    .click()
  await expect(marta.page.getByText(en.say('composer_window')).first()).toBeVisible()
  const id = marta.interaction
  await marta.open('/interactions')
  const dialog = await start(marta, NORA[1])
  await expect(dialog.getByText(en.say('templates_start_into'))).toBeVisible()
  await dialog
    .getByRole('button', { name: /^How did we do|^Appointment reminder/ })
    .first()
    .click()
  for (const box of await dialog.getByRole('textbox').all())
    if ((await box.inputValue()) === '') await box.fill('Friday at ten')
  await dialog.getByRole('button', { name: en.say('templates_send') }).click()
  await expect(dialog).toBeHidden()
  await expect.poll(async () => (await phones.messages(nora)).at(-1)?.type).toBe('template')
  expect(marta.interaction).toBe(id)
})

test('what is closed is opened again by somebody else, and what was read is marked unread', async ({
  as,
  phones,
  conversation,
}) => {
  const { marta, nora } = await conversation('Thank you!')
  await marta.composer('Nora Keller').press('Alt+Shift+E')
  await marta.page.keyboard.press('Enter')
  await marta.reads('conversation_line_closed', { name: 'Marta Bianchi' })

  const sofia = await as('sofia')
  const keys = sofia.page.keyboard
  await sofia.open('/interactions?state=closed&search=Keller')
  await sofia.row('Nora Keller').click()
  await expect(sofia.thread).toBeVisible()
  await sofia.page.keyboard.press('Alt+Shift+O')
  await sofia.reads('conversation_line_reopened_by', { name: 'Sofía Romero' })
  await sofia.send('Nora Keller', 'One more thing')
  await phones.hears(nora, 'One more thing')

  await sofia.open('/interactions?agent=me')
  await expect(sofia.row('Nora Keller')).toBeVisible()
  await keys.press('l')
  await keys.press('u')
  await expect(sofia.row('Nora Keller')).toContainText(en.say('interactions_marked_unread'))
  await keys.press('Enter')
  await expect(sofia.composer('Nora Keller')).toBeVisible()
  await expect(sofia.row('Nora Keller')).not.toContainText(en.say('interactions_marked_unread'))
})
