import type { Person } from '../harness/index.ts'
import { en, expect, test } from '../harness/index.ts'

/** To a queue, by keyboard alone. */
async function toQueue(from: Person, queue: string): Promise<void> {
  await from.composer('Nora Keller').press('Alt+Shift+F')
  const dialog = from.page.getByRole('dialog')
  await dialog.getByRole('combobox').fill(queue)
  await expect(dialog.getByRole('option', { selected: true })).toContainText(queue)
  await dialog.getByRole('combobox').press('Enter')
  await expect(dialog).toBeHidden()
}

/** Leaves by the menu, with open work. */
async function leave(who: Person, what: 'keep' | 'return'): Promise<void> {
  await who.page.getByRole('button', { name: en.say('frame_user_menu') }).click()
  await who.page.getByRole('menuitem', { name: en.say('frame_sign_out') }).click()
  const dialog = who.page.getByRole('dialog', { name: en.say('signout_title') })
  await expect(dialog.getByText('Nora Keller')).toBeVisible()
  await dialog.getByRole('radio', { name: en.say(`signout_${what}`) }).check({ force: true })
  await dialog.getByRole('button', { name: en.say('frame_sign_out') }).click()
  await expect(who.field('signin_login')).toBeVisible()
}

test('a transfer to a queue stays with its owner while nobody is there, and goes to who accepts first', async ({
  as,
  phones,
  conversation,
}) => {
  const { marta, nora } = await conversation('Where is my sofa?')
  await toQueue(marta, 'Orders & deliveries')
  await marta.reads('conversation_line_transfer_nobody', { to: 'Orders & deliveries' })
  await marta.send('Nora Keller', 'One moment.')

  const [tom, sofia] = [await as('tom'), await as('sofia')]
  await tom.open('/')
  await sofia.open('/')
  await toQueue(marta, 'Orders & deliveries')
  await expect(sofia.offer('Nora Keller')).toBeVisible()
  await tom.accept('Nora Keller')
  await expect(sofia.offer('Nora Keller')).toBeHidden()
  await marta.reads('conversation_line_transfer_accepted', { from: 'Marta Bianchi', name: 'Tom Hughes' })
  await tom.send('Nora Keller', 'It comes on Tuesday.')
  await phones.hears(nora, 'It comes on Tuesday.')
})

test('who leaves keeps their work, or gives it back to the queue', async ({ as, phones, conversation }) => {
  const { marta, nora } = await conversation('Where is my sofa?')
  await leave(marta, 'keep')
  const luca = await as('luca')
  await luca.open('/interactions')
  await expect(luca.row('Nora Keller')).toContainText(
    en.say('interactions_state_with', { name: 'Marta Bianchi' }),
  )

  await marta.signInAt('/', 'marta')
  await marta.isLive()
  const sofia = await as('sofia')
  await sofia.open('/')
  await leave(marta, 'return')
  await sofia.accept('Nora Keller')
  await sofia.reads('conversation_line_given_back', { name: 'Marta Bianchi' })
  await sofia.send('Nora Keller', 'I look after you now.')
  await phones.hears(nora, 'I look after you now.')
})
