import type { APIRequestContext } from '@playwright/test'
import { arrived, paste, png } from '../harness/files.ts'
import { en, expect, test } from '../harness/index.ts'
import type { Phones } from '../harness/phones.ts'

interface At {
  provider: 'twilio' | 'sinch' | 'kaleyra'
  name: string
  /** What the number is called there, and what it belongs to. */
  number: string
  business: string
  key?: string
  secret: string
  signing: string
  /** Kaleyra signs nothing: its webhook ends with a secret. */
  path?: string
  /** It is close to Meta's own API. */
  doesAll?: boolean
  /** It has templates that WhatsApp has approved. */
  hasTemplates?: boolean
}

const places: At[] = [
  {
    provider: 'twilio',
    name: 'Twilio',
    number: '390115550001',
    business: 'AC0001',
    secret: 'auth-token',
    signing: 'auth-token',
    hasTemplates: true,
  },
  {
    provider: 'sinch',
    name: 'Sinch',
    number: '01SINCHAPP',
    business: 'project-1',
    key: 'key-1',
    secret: 'key-secret',
    signing: 'webhook-secret',
  },
  {
    provider: 'kaleyra',
    name: 'Kaleyra',
    number: '390115550001',
    business: 'SID1',
    secret: 'api-key',
    signing: 'desk:password',
    path: 'a-secret-path',
    doesAll: true,
  },
]

for (const at of places) {
  test(`a conversation over ${at.name}: words, files, voice, a place and ticks; what it cannot do says so`, async ({
    as,
    phones,
    server,
  }) => {
    const { number, name: provider } = at
    await attach(phones, server.url, at)
    const elena = await as('admin')
    const marta = await as('marta', { permissions: ['microphone'] })
    await account(elena.page.request, server.url, at)
    await marta.open('/')
    const nora = await phones.add('Nora Keller', '+41 79 555 01 23')
    await phones.write(nora, 'Is anybody in Turin?', { to: number })
    await marta.accept('Nora Keller')
    await marta.send('Nora Keller', 'I am.')
    await phones.hears(nora, 'I am.')
    await expect(marta.tick('I am.', 'conversation_tick_delivered')).toBeVisible()
    await phones.read(nora)
    await expect(marta.tick('I am.', 'conversation_tick_read')).toBeVisible()

    const asked = marta.message('Is anybody in Turin?')
    await asked.hover()
    if (at.doesAll) {
      await expect(asked.getByRole('button', { name: en.say('conversation_reply') })).toBeEnabled()
    } else {
      const cannot = (key: string) => en.say('provider_not_over', { what: en.say(key), provider })
      await expect(asked.getByRole('button', { name: cannot('conversation_reply') })).toBeDisabled()
      const template = at.hasTemplates ? en.say('templates_choose_one') : cannot('templates_choose_one')
      const choose = marta.page.getByRole('button', { name: template, exact: true })
      if (at.hasTemplates) await expect(choose).toBeEnabled()
      else await expect(choose).toBeDisabled()
    }

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

    // And back, fetched from where the provider keeps them.
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
}

test('a content of Twilio’s is fetched, made available and begins a conversation', async ({
  as,
  phones,
  server,
}) => {
  const twilio = places.find(({ provider }) => provider === 'twilio')
  if (!twilio) throw new Error('Twilio is a provider')
  await attach(phones, server.url, twilio)
  const elena = await as('admin')
  const marta = await as('marta')
  const { page } = elena
  await account(page.request, server.url, twilio)
  await content(page.request, server.url, twilio)
  const nora = await phones.add('Nora Keller', '+41 79 555 01 23')

  await elena.open('/settings/templates')
  await page.getByRole('button', { name: RegExp(en.say('settings_templates_account')) }).click()
  await page.getByRole('option', { name: /^Torino/ }).click()
  await expect(page.getByText(en.say('template_elsewhere'))).toBeVisible()
  await expect(async () => {
    await elena.button('settings_templates_sync').click()
    await expect(page.getByRole('row', { name: /Order shipped.*Approved/ })).toBeVisible({ timeout: 1000 })
  }).toPass()
  await page.getByRole('row', { name: /Order shipped/ }).click()
  await page.getByText(en.say('settings_templates_available'), { exact: true }).click()
  await expect(page.getByText(en.say('settings_templates_saved'), { exact: true })).toBeVisible()

  await marta.open('/interactions')
  await marta.button('templates_start').click()
  const dialog = marta.page.getByRole('dialog')
  await dialog.getByRole('button', { name: RegExp(en.say('templates_start_account')) }).click()
  await marta.page.getByRole('option', { name: /^Torino/ }).click()
  await dialog.getByLabel(en.say('templates_start_phone')).fill('+41 79 555 01 23')
  await dialog.getByRole('button', { name: /^Order shipped/ }).click()
  const fill = (key: string, params: Record<string, string>, text: string) =>
    dialog.getByRole('textbox', { name: en.say(key, params), exact: true }).fill(text)
  await fill('templates_slot_body_number', { number: '1' }, 'Nora')
  await fill('templates_slot_body_number', { number: '2' }, 'B-7')
  await fill('templates_slot_button', { name: 'Track it' }, 'b7')
  await dialog.getByRole('button', { name: en.say('templates_send') }).click()
  await phones.hears(nora, 'Hello Nora, your order B-7 is on its way to you.')
  await expect(marta.thread.getByText('Hello Nora, your order B-7 is on its way to you.')).toBeVisible()
})

/** A number of the simulator's at this provider. */
async function attach(phones: Phones, url: string, at: At): Promise<void> {
  await phones.app('torino', {
    id: 'torino',
    provider: at.provider === 'kaleyra' ? 'kaleyra_v2' : at.provider,
    app_secret: at.signing,
    access_tokens: [at.secret],
    webhook_url: `${url}/webhooks/${at.provider}/torino${at.path ? `/${at.path}` : ''}`,
    business_account_id: at.business,
    ...(at.key && { connection: { key_id: at.key } }),
    numbers: [
      {
        phone_number_id: at.number,
        display_phone_number: '+39 011 555 0001',
        verified_name: 'Aurora Torino',
      },
    ],
  })
}

/** A content that was handed in for approval. */
async function content(api: APIRequestContext, url: string, at: At): Promise<void> {
  const Authorization = `Basic ${btoa(`${at.business}:${at.secret}`)}`
  const post = async (path: string, data: object) => {
    const answer = await api.post(`${url}/simulator/twilio/v1/${path}`, { headers: { Authorization }, data })
    expect(answer.status(), await answer.text()).toBe(201)
    return (await answer.json()) as { sid: string }
  }
  const { sid } = await post('Content', {
    friendly_name: 'Order shipped',
    language: 'en',
    variables: { 1: 'Maria', 2: 'A-1', 3: 'a1' },
    types: {
      'twilio/call-to-action': {
        body: 'Hello {{1}}, your order {{2}} is on its way to you.',
        actions: [{ type: 'URL', title: 'Track it', url: 'https://a.example/t/{{3}}' }],
      },
    },
  })
  await post(`Content/${sid}/ApprovalRequests/whatsapp`, { name: 'order_shipped', category: 'UTILITY' })
}

/** A number whose provider's simulator is the server itself; Marta works it. */
async function account(api: APIRequestContext, url: string, at: At): Promise<void> {
  const read = async <T>(path: string) => (await (await api.get(`${url}/api/v1/${path}`)).json()) as T
  const [meta] =
    await read<{ default_queue_id: number; user_ids: number[]; team_ids: number[] }[]>('accounts')
  const made = await api.post(`${url}/api/v1/accounts`, {
    headers: { Origin: url },
    data: {
      provider: at.provider,
      key: 'torino',
      name: 'Torino',
      base_url: `${url}/simulator/${at.provider}`,
      phone_number_id: at.number,
      business_account_id: at.business,
      app_id: at.key ?? null,
      default_queue_id: meta?.default_queue_id,
      user_ids: meta?.user_ids,
      team_ids: meta?.team_ids,
      connection: { public_url: url },
      credentials: {
        access_token: at.secret,
        ...(at.secret !== at.signing && { app_secret: at.signing }),
        ...(at.path && { verify_token: at.path }),
      },
    },
  })
  expect(made.status(), await made.text()).toBe(201)
}
