import type { Person } from '../harness/index.ts'
import { en, expect, test } from '../harness/index.ts'

/** Proposes by keyboard alone: the key, a few letters of the name, Enter. */
async function propose(from: Person, customer: string, to: string): Promise<void> {
  await from.composer(customer).press('Alt+Shift+F')
  const dialog = from.page.getByRole('dialog', { name: en.say('transfer_title', { name: customer }) })
  await dialog.getByRole('combobox').fill(to)
  await expect(dialog.getByRole('option', { selected: true })).toContainText(to)
  await dialog.getByRole('combobox').press('Enter')
  await expect(dialog).toBeHidden()
}

async function line(who: Person, key: string, params: Record<string, string>): Promise<void> {
  await expect(who.thread.getByText(en.say(key, params))).toBeVisible()
}

test('a transfer is rejected, cancelled, accepted, and what is closed is reopened', async ({
  as,
  phones,
  conversation,
}) => {
  const { marta, nora } = await conversation('Where is my sofa?')
  const sofia = await as('sofia')
  await sofia.open('/')

  await propose(marta, 'Nora Keller', 'Romero')
  await expect(sofia.offer('Nora Keller')).toContainText(
    en.say('offers_transfer_by', { name: 'Marta Bianchi' }),
  )
  // Until somebody accepts, the owner works on.
  await marta.send('Nora Keller', 'One moment.')
  await sofia
    .offer('Nora Keller')
    .getByRole('button', { name: en.say('offers_reject') })
    .click()
  await line(marta, 'conversation_line_transfer_rejected', { name: 'Sofía Romero' })

  await propose(marta, 'Nora Keller', 'Romero')
  await expect(sofia.offer('Nora Keller')).toBeVisible()
  // It says so for two seconds only: who watches must be there before.
  const told = sofia.offer('Nora Keller').getByText(en.say('offers_transfer_withdrawn'))
  await Promise.all([told.waitFor(), marta.button('transfer_cancel').click()])
  await line(marta, 'conversation_line_transfer_cancelled', { name: 'Marta Bianchi' })

  await propose(marta, 'Nora Keller', 'Romero')
  await sofia.accept('Nora Keller')
  await line(marta, 'conversation_line_transfer_accepted', { from: 'Marta Bianchi', name: 'Sofía Romero' })
  await sofia.send('Nora Keller', 'It comes on Tuesday.')
  await phones.hears(nora, 'It comes on Tuesday.')

  await sofia.composer('Nora Keller').press('Alt+Shift+E')
  await expect(sofia.page.getByRole('dialog').getByRole('combobox')).toBeFocused()
  await sofia.page.keyboard.press('Enter')
  await line(marta, 'conversation_line_closed', { name: 'Sofía Romero' })
  await marta.button('interactions_reopen').click()
  await marta.send('Nora Keller', 'One more thing.')
  await phones.hears(nora, 'One more thing.')
})

test('a transfer expires, a supervisor assigns, and who leaves hands over', async ({
  as,
  phones,
  server,
  conversation,
}) => {
  const admin = await as('admin')
  const settings = await (await admin.context.request.get(`${server.url}/api/v1/settings`)).json()
  const changed = await admin.context.request.patch(`${server.url}/api/v1/settings`, {
    data: { version: settings.version, transfer_timeout_s: 1 },
    headers: { Origin: server.url },
  })
  expect(changed.status()).toBe(200)

  const { marta, nora } = await conversation('Where is my sofa?')
  const sofia = await as('sofia')
  await sofia.open('/')
  await propose(marta, 'Nora Keller', 'Romero')
  await line(marta, 'conversation_line_transfer_expired', { to: 'Sofía Romero' })

  const luca = await as('luca')
  await luca.open('/interactions')
  await luca.row('Nora Keller').click()
  await expect(luca.thread).toBeVisible()
  await luca.page.keyboard.press('Alt+Shift+G')
  const dialog = luca.page.getByRole('dialog', {
    name: en.say('transfer_assign_title', { name: 'Nora Keller' }),
  })
  await dialog.getByRole('combobox').fill('Romero')
  await expect(dialog.getByRole('option', { selected: true })).toContainText('Romero')
  await dialog.getByRole('combobox').press('Enter')
  // Who gets it is told, and the way there is one press.
  const told = sofia.page.getByRole('status').filter({ hasText: 'Nora Keller' })
  await told.getByRole('button', { name: en.say('notices_open') }).click()
  await expect(sofia.composer('Nora Keller')).toBeVisible()

  await sofia.page.getByRole('button', { name: en.say('frame_user_menu') }).click()
  await sofia.page.getByRole('menuitem', { name: en.say('frame_sign_out') }).click()
  await sofia.page.getByRole('radio', { name: en.say('signout_hand_over') }).check({ force: true })
  const leaving = sofia.page.getByRole('dialog', { name: en.say('signout_title') })
  await leaving.getByRole('button', { name: en.say('signout_to') }).click()
  await sofia.page.getByRole('option', { name: /Marta Bianchi/ }).click()
  await leaving.getByRole('button', { name: en.say('frame_sign_out') }).click()
  await expect(sofia.field('signin_login')).toBeVisible()
  await marta.send('Nora Keller', 'I am back with you.')
  await phones.hears(nora, 'I am back with you.')
})
