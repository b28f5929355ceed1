import { en, expect, NORA, test } from '../harness/index.ts'

test('a canned answer is found by / and filled, without a mouse', async ({ phones, conversation }) => {
  const { marta, nora } = await conversation('Hello?')
  const keys = marta.page.keyboard

  await marta.composer('Nora Keller').focus()
  await keys.type('/hel')
  const list = marta.page.getByRole('listbox', { name: en.say('suggest_canned') })
  await expect(list.getByRole('option', { selected: true })).toContainText('Greeting')
  await keys.press('Enter')
  await expect(marta.composer('Nora Keller')).toHaveValue(
    /^Hello Nora.*, this is Marta Bianchi from Aurora Living/,
  )
  await expect(list).toBeHidden()
  await keys.press('Enter')
  await expect
    .poll(async () => (await phones.messages(nora)).at(-1)?.body)
    .toContain('this is Marta Bianchi from Aurora Living')

  // What nothing is known for is named, and not sent.
  await keys.type('/fattura')
  await expect(list.getByRole('option')).toHaveCount(1)
  await keys.press('Enter')
  await expect(marta.composer('Nora Keller')).toHaveValue(/\{\{contact\.company\}\}/)
  await expect(marta.page.getByText(en.say('suggest_gaps'))).toBeVisible()
  await keys.press('Enter')
  await expect(marta.composer('Nora Keller')).toHaveValue(/\{\{contact\.company\}\}/)
  // It is selected: typing fills it in.
  await keys.type('Keller AG')
  await keys.press('Enter')
  await expect.poll(async () => (await phones.messages(nora)).at(-1)?.body).toContain('intestata a Keller AG')

  // Escape puts the list away, and the sign is a sign.
  await keys.type('and/or /o')
  await expect(list).toBeVisible()
  await keys.press('Escape')
  await expect(list).toBeHidden()
  await keys.press('Enter')
  await phones.hears(nora, 'and/or /o')
})

test('what was written is saved as a canned answer and found again', async ({ conversation }) => {
  const { marta } = await conversation('Hello?')
  const keys = marta.page.keyboard
  await marta.composer('Nora Keller').fill('We will be in touch by noon.')
  await marta.button('composer_more').click()
  await marta.page.getByRole('menuitem', { name: en.say('composer_save_canned') }).click()
  await marta.field('canned_title').fill('By noon')
  await marta.field('canned_shortcut').fill('noon')
  await marta.button('canned_save').click()
  await expect(marta.page.getByText(en.say('canned_saved'))).toBeVisible()
  await expect(marta.page.getByRole('dialog')).toHaveCount(0)

  await marta.composer('Nora Keller').fill('')
  await marta.composer('Nora Keller').focus()
  await keys.type('/noon')
  const list = marta.page.getByRole('listbox', { name: en.say('suggest_canned') })
  await expect(list.getByRole('option', { selected: true })).toContainText('By noon')
  await keys.press('Tab')
  await expect(marta.composer('Nora Keller')).toHaveValue('We will be in touch by noon.')
})

test('a note names a colleague, who reads it', async ({ as, phones }) => {
  const marta = await as('marta')
  const tom = await as('tom')
  const keys = marta.page.keyboard
  await marta.open('/')
  const nora = await phones.add(...NORA)
  await phones.write(nora, 'Hello?')
  await marta.accept('Nora Keller')
  const id = /interactions\/(\d+)/.exec(marta.page.url())?.[1]

  await keys.press('Alt+n')
  await expect(marta.note('Nora Keller')).toBeFocused()
  await keys.type('Ask @tom')
  const list = marta.page.getByRole('listbox', { name: en.say('suggest_colleagues') })
  await expect(list.getByRole('option', { selected: true })).toContainText('Tom Hughes')
  await keys.press('Enter')
  await keys.type('about the sofa')
  await expect(marta.note('Nora Keller')).toHaveValue('Ask @Tom Hughes about the sofa')
  await keys.press('Enter')
  await expect(marta.message('about the sofa').getByText('@Tom Hughes')).toBeVisible()

  await tom.open(`/interactions/${id}`)
  await expect(tom.message('about the sofa').getByText('@Tom Hughes')).toBeVisible()
  expect((await phones.messages(nora)).filter(one => one.from === 'business')).toEqual([])
})

test('a message goes out later, and one that may not is kept with the reason', async ({
  phones,
  server,
  conversation,
}) => {
  const { marta, nora } = await conversation('Hello?')
  const keys = marta.page.keyboard
  const id = /interactions\/(\d+)/.exec(marta.page.url())?.[1]
  const plan = async (text: string, seconds: number) => {
    const answer = await marta.context.request.post(`/api/v1/interactions/${id}/scheduled`, {
      data: {
        client_id: crypto.randomUUID(),
        text,
        unless_written: true,
        due_at: new Date(Date.now() + seconds * 1_000).toISOString(),
      },
      headers: { Origin: server.url },
    })
    expect(answer.status(), await answer.text()).toBe(201)
  }

  // Planned by keys, listed, taken back.
  await marta.composer('Nora Keller').fill('See you tomorrow')
  await keys.press('Alt+s')
  await marta.button('later_save').click()
  const later = marta.page.getByRole('list', { name: en.say('later_list') }).first()
  await expect(later.getByText('See you tomorrow')).toBeVisible()
  await expect(marta.composer('Nora Keller')).toHaveValue('')
  await later.getByRole('button', { name: en.say('later_cancel') }).click()
  await expect(marta.page.getByRole('list', { name: en.say('later_list') })).toHaveCount(0)

  await plan('In two seconds', 2)
  await expect(later.getByText('In two seconds')).toBeVisible()
  await phones.hears(nora, 'In two seconds')
  await expect(marta.message('In two seconds')).toBeVisible()
  await expect(later).toHaveCount(0)

  // The customer writes before it is due: it is held back, and says why.
  await plan('Any news?', 4)
  await phones.write(nora, 'I have it, thanks')
  await expect(later.getByText(en.say('later_customer_wrote'))).toBeVisible()
  await expect(later.getByText('Any news?')).toBeVisible()
  await later.getByRole('button', { name: en.say('later_send_now') }).click()
  await phones.hears(nora, 'Any news?')
  await expect(later).toHaveCount(0)
})

test('what failed is sent again by Retry, as a new attempt of the same message', async ({
  phones,
  conversation,
}) => {
  const { marta, nora } = await conversation('Hello?')
  await phones.faults({ send_error: { code: 131_026, next: 1 } })
  await marta.send('Nora Keller', 'Can you hear me?')
  const failed = marta.message('Can you hear me?')
  await expect(failed.getByRole('button', { name: en.say('conversation_retry'), exact: true })).toBeVisible()
  await failed.getByRole('button', { name: en.say('conversation_retry'), exact: true }).click()
  await phones.hears(nora, 'Can you hear me?')
  await expect(failed.getByRole('button', { name: en.say('conversation_retry'), exact: true })).toHaveCount(0)
  await expect(marta.thread.getByText('Can you hear me?')).toHaveCount(1)
})

test('one key leads to the most urgent, and another one back', async ({ as, phones }) => {
  const marta = await as('marta')
  const keys = marta.page.keyboard
  await marta.open('/')
  await keys.press('b')
  await expect(marta.page.getByText(en.say('next_nothing'))).toBeVisible()
  const nora = await phones.add(...NORA)
  await phones.write(nora, 'Hello?')
  await marta.accept('Nora Keller')
  await marta.send('Nora Keller', 'Yes?')
  await marta.open('/')
  await phones.write(nora, 'Where is my sofa?')
  await expect
    .poll(async () => (await (await marta.context.request.get('/api/v1/me/next')).json()).why)
    .toBe('unread')
  await keys.press('b')
  await expect(marta.message('Where is my sofa?')).toBeVisible()
  await expect(marta.page.getByText(en.say('next_unread'))).toBeVisible()
  await keys.press('Escape')
  await keys.press('Shift+b')
  await expect(marta.page).toHaveURL(/\/$/)
})
