import { arrived, paste, png } from '../harness/files.ts'
import { en, expect, test } from '../harness/index.ts'

const pdf = '%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF'

test('a picture is pasted and a document chosen: both are on the phone', async ({ phones, conversation }) => {
  const { marta, nora } = await conversation('Which lamp is it?')

  // The network does not take the file at first.
  await phones.faults({ media_fail: 1 })
  await paste(marta, 'Nora Keller', png(24, 24))
  await expect(marta.page.getByText('lamp.png')).toBeVisible()
  await marta.composer('Nora Keller').fill('This one')
  await marta.composer('Nora Keller').press('Enter')
  await marta.send('Nora Keller', 'And the bill:')

  const choosing = marta.page.waitForEvent('filechooser')
  await marta.button('composer_attach').click()
  await (await choosing).setFiles({ name: 'bill.pdf', mimeType: 'application/pdf', buffer: Buffer.from(pdf) })
  await expect(marta.page.getByText('bill.pdf')).toBeVisible()
  await marta.button('composer_send').click()

  const image = await arrived(() => phones.messages(nora), 'image')
  expect(image.content).toMatchObject({ caption: 'This one' })
  const document = await arrived(() => phones.messages(nora), 'document')
  expect(document.content).toMatchObject({ filename: 'bill.pdf' })
  const order = (await phones.messages(nora))
    .filter(({ from }) => from === 'business')
    .map(({ type }) => type)
  expect(order).toEqual(['image', 'text', 'document'])
  await expect(marta.tick('This one', 'conversation_tick_delivered')).toBeVisible()

  // Seen large, and put away again.
  await marta
    .message('This one')
    .getByRole('button', {
      name: en.like('conversation_media_open', { name: en.say('interactions_kind_image') }),
    })
    .click()
  await expect(marta.page.getByRole('dialog', { name: en.say('conversation_viewer') })).toBeVisible()
  await marta.page.keyboard.press('Escape')
  await expect(marta.page.getByRole('dialog')).toBeHidden()
})

test('what may not be sent is refused before it leaves', async ({ conversation }) => {
  const { marta } = await conversation('Hello')
  const choose = async (name: string, mimeType: string, buffer: Buffer) => {
    const choosing = marta.page.waitForEvent('filechooser')
    await marta.button('composer_attach').click()
    await (await choosing).setFiles({ name, mimeType, buffer })
  }
  await choose('film.mp4', 'video/mp4', Buffer.alloc(15 * 1024 * 1024 + 1))
  await expect(
    marta.page.getByText(en.say('composer_file_too_large_desk', { name: 'film.mp4', limit: '15 MB' })),
  ).toBeVisible()
  await choose('page.txt', 'text/plain', Buffer.from('<html><script>alert(1)</script>'))
  await expect(marta.page.getByRole('alert').getByText(en.say('problem_file_dangerous'))).toBeVisible()
  await marta.page.getByRole('button', { name: en.say('composer_file_drop', { name: 'page.txt' }) }).click()
  await expect(marta.page.getByText('page.txt')).toBeHidden()
})

test('voice goes both ways', async ({ as, phones }) => {
  const marta = await as('marta', { permissions: ['microphone'] })
  await marta.open('/')
  const nora = await phones.add('Nora Keller', '+41 79 555 01 23')
  await phones.write(nora, 'Can I tell you?')
  await marta.accept('Nora Keller')

  await marta.button('composer_voice').click()
  const recorder = marta.page.getByRole('group', { name: en.say('composer_voice_recording') })
  await expect(recorder.getByRole('timer')).toContainText('0:02')
  await recorder.getByRole('button', { name: en.say('composer_voice_stop') }).click()
  // Heard before it is sent.
  await expect(marta.button('conversation_play')).toBeEnabled()
  await marta.button('composer_send').click()
  const sent = await arrived(() => phones.messages(nora), 'audio')
  expect(sent.content).toMatchObject({ voice: true })
  const file = String(sent.content?.id)
  const { type, bytes } = await phones.file(file)
  expect(type).toBe('audio/ogg')
  expect(Buffer.from(bytes).subarray(0, 4).toString()).toBe('OggS')

  // The phone answers with what it got.
  await phones.say(nora, file)
  const slider = marta.page.getByRole('slider', { name: en.say('conversation_seek') })
  const heard = marta.thread.getByRole('article', { name: /^Nora Keller/ }).filter({ has: slider })
  await heard.getByRole('button', { name: en.say('conversation_play') }).click()
  await expect(heard.getByRole('button', { name: en.say('conversation_pause') })).toBeVisible()
})
