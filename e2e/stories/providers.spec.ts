import type { APIRequestContext } from '@playwright/test'
import { arrived, paste, png } from '../harness/files.ts'
import { en, expect, test } from '../harness/index.ts'

const number = '390115550001'

test('a conversation over Twilio: words, files, voice, a place and ticks; what it cannot do says so', async ({
  as,
  phones,
  server,
}) => {
  await phones.app('torino', {
    id: 'torino',
    provider: 'twilio',
    app_secret: 'twilio-auth-token',
    access_tokens: ['twilio-auth-token'],
    webhook_url: `${server.url}/webhooks/twilio/torino`,
    business_account_id: 'AC0001',
    numbers: [
      { phone_number_id: number, display_phone_number: '+39 011 555 0001', verified_name: 'Aurora Torino' },
    ],
  })
  const elena = await as('admin')
  const marta = await as('marta', { permissions: ['microphone'] })
  await account(elena.page.request, server.url)
  await marta.open('/')
  const nora = await phones.add('Nora Keller', '+41 79 555 01 23')
  await phones.write(nora, 'Is anybody in Turin?', { to: number })
  await marta.accept('Nora Keller')
  await marta.send('Nora Keller', 'I am.')
  await phones.hears(nora, 'I am.')
  await expect(marta.tick('I am.', 'conversation_tick_delivered')).toBeVisible()
  await phones.read(nora)
  await expect(marta.tick('I am.', 'conversation_tick_read')).toBeVisible()

  // Twilio knows no quotes and no reactions.
  const asked = marta.message('Is anybody in Turin?')
  await asked.hover()
  const reply = en.say('provider_not_over', { what: en.say('conversation_reply'), provider: 'Twilio' })
  await expect(asked.getByRole('button', { name: reply })).toBeDisabled()
  await expect(
    marta.page.getByRole('button', {
      name: en.say('provider_not_over', { what: en.say('templates_choose_one'), provider: 'Twilio' }),
    }),
  ).toBeDisabled()

  await paste(marta, 'Nora Keller', png(24, 24))
  await expect(marta.page.getByText('lamp.png')).toBeVisible()
  await marta.composer('Nora Keller').fill('This one')
  await marta.composer('Nora Keller').press('Enter')
  const image = await arrived(() => phones.messages(nora), 'image')
  expect(image.content).toMatchObject({ caption: 'This one' })

  await marta.button('composer_voice').click()
  const recorder = marta.page.getByRole('group', { name: en.say('composer_voice_recording') })
  await expect(recorder.getByRole('timer')).toContainText('0:02')
  await recorder.getByRole('button', { name: en.say('composer_voice_stop') }).click()
  await expect(marta.button('conversation_play')).toBeEnabled()
  await marta.button('composer_send').click()
  const voice = await arrived(() => phones.messages(nora), 'audio')
  expect(voice.content).toMatchObject({ voice: true })

  // And back, fetched from where Twilio keeps them.
  await phones.give(nora, number, 'image', { id: String(image.content?.id) })
  await phones.say(nora, String(voice.content?.id), number)
  await phones.give(nora, number, 'location', { latitude: 45.07, longitude: 7.69, name: 'Piazza Castello' })
  const hers = marta.thread.getByRole('article', { name: /^Nora Keller/ })
  await expect(hers.getByText('Piazza Castello')).toBeVisible()
  await expect(hers.getByRole('slider', { name: en.say('conversation_seek') })).toBeVisible()
  await expect(
    hers.getByRole('button', {
      name: en.like('conversation_media_open', { name: en.say('interactions_kind_image') }),
    }),
  ).toBeVisible()
})

/** A number at Twilio, whose simulator is the server itself; Marta works it. */
async function account(api: APIRequestContext, url: string): Promise<void> {
  const read = async <T>(path: string) => (await (await api.get(`${url}/api/v1/${path}`)).json()) as T
  const [meta] =
    await read<{ default_queue_id: number; user_ids: number[]; team_ids: number[] }[]>('accounts')
  const made = await api.post(`${url}/api/v1/accounts`, {
    headers: { Origin: url },
    data: {
      provider: 'twilio',
      key: 'torino',
      name: 'Torino',
      base_url: `${url}/simulator/twilio`,
      phone_number_id: number,
      business_account_id: 'AC0001',
      default_queue_id: meta?.default_queue_id,
      user_ids: meta?.user_ids,
      team_ids: meta?.team_ids,
      connection: { public_url: url },
      credentials: { access_token: 'twilio-auth-token' },
    },
  })
  expect(made.status(), await made.text()).toBe(201)
}
