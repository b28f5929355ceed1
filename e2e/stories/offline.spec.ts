import { en, expect, test } from '../harness/index.ts'
import { Person } from '../harness/person.ts'
import { Wire } from '../harness/wire.ts'

test('a lost connection is said, and what was missed is there when it is back', async ({ as, phones }) => {
  const marta = await as('marta')
  const wire = await Wire.of(marta.page)
  await marta.open('/')
  const nora = await phones.add('Nora Keller', '+41 79 555 01 23')
  await phones.write(nora, 'Before')
  await marta.accept('Nora Keller')

  await wire.cut()
  await expect(marta.page.getByRole('button', { name: en.say('frame_offline') })).toBeVisible()
  await phones.write(nora, 'Meanwhile, one')
  await phones.write(nora, 'Meanwhile, two')
  await marta.composer('Nora Keller').fill('Written without a line')
  await marta.composer('Nora Keller').press('Enter')
  await expect(marta.message('Written without a line')).toBeVisible()
  await expect(marta.message('Meanwhile, two')).toBeHidden()

  await wire.mend()
  await marta.isLive()
  await expect(marta.message('Meanwhile, two')).toBeVisible()
  // What was written blind is held back until it has been seen what the customer wrote.
  await expect(marta.page.getByText(en.say('composer_stale', { name: 'Nora Keller' }))).toBeVisible()
  await marta.page
    .getByRole('button', { name: en.say('composer_send_anyway') })
    .first()
    .click()
  await phones.hears(nora, 'Written without a line')
  await expect(marta.tick('Written without a line', 'conversation_tick_delivered')).toBeVisible()

  const fresh = await marta.context.newPage()
  await fresh.goto(marta.page.url())
  await expect(fresh.getByText('Written without a line').first()).toBeVisible()
  expect(lines(await marta.thread.ariaSnapshot())).toEqual(
    lines(await new Person(fresh).thread.ariaSnapshot()),
  )
})

/** All that is said and shown, without the line that a reader of old news no longer gets. */
function lines(snapshot: string): string[] {
  return snapshot.split('\n').filter(line => !line.includes(en.say('conversation_unread_here')))
}
