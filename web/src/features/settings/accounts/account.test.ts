import { expect, test } from 'vitest'
import { accountResource, blankAccount, keyFrom } from './account'
import { healthDetail } from './health'
import { isReachable } from './WebhookSection'

const good = {
  ...blankAccount(),
  name: 'Shop',
  key: 'shop',
  phone_number_id: '106540352242922',
  business_account_id: '102290129340398',
  default_queue_id: 1,
}

test('only what was changed is sent, credentials under one name', () => {
  expect(
    accountResource.toBody({ phone: ' ', access_token: ' EAAG\n', app_secret: '', verify_token: null }),
  ).toEqual({
    phone: null,
    credentials: { access_token: 'EAAG', app_secret: '' },
  })
  expect(accountResource.toBody({ name: ' Shop ', phone_number_id: '1 ' })).toEqual({
    name: 'Shop',
    phone_number_id: '1',
  })
})

test('what is certainly wrong is found before the server is asked', () => {
  const wrong = (part: object) => Object.keys(accountResource.check?.({ ...good, ...part }, true) ?? {})
  expect(wrong({})).toEqual([])
  expect(wrong({ key: 'Shop Milano' })).toEqual(['key'])
  expect(wrong({ key: 'thirteen-long' })).toEqual(['key'])
  expect(wrong({ base_url: 'graph.facebook.com' })).toEqual(['base_url'])
  expect(wrong({ phone_number_id: '+39 02' })).toEqual(['phone_number_id'])
  expect(wrong({ name: ' ', default_queue_id: 0 })).toEqual(['name', 'default_queue_id'])
  const steps = [
    { type: 'queue', queue_id: 0, timeout_s: 0 },
    { type: 'queue', queue_id: 1, timeout_s: 0 },
  ]
  expect(wrong({ flow: steps })).toEqual(['flow[0].queue_id', 'flow[0].timeout_s'])
})

test('each provider asks for what it calls its own', () => {
  const wrong = (part: object) => Object.keys(accountResource.check?.({ ...good, ...part }, true) ?? {})
  const twilio = { provider: 'twilio', business_account_id: 'AC1' }
  expect(wrong({ ...twilio, phone_number_id: '+14155238886' })).toEqual([])
  expect(wrong({ ...twilio, phone_number_id: 'MG0123' })).toEqual([])
  expect(wrong({ ...twilio, phone_number_id: 'whatsapp' })).toEqual(['phone_number_id'])
  expect(wrong({ provider: 'sinch' })).toEqual(['app_id'])
  const connection = { ...good.connection, public_url: 'care.example', media_hosts: 'a.example, localhost' }
  expect(wrong({ provider: 'kaleyra', connection })).toEqual([
    'connection.public_url',
    'connection.media_hosts',
  ])
  const { labels } = accountResource
  expect(labels.phone_number_id({ ...good, provider: 'twilio' })).toBe('Sender')
  expect(labels.access_token({ ...good, provider: 'twilio', app_id: 'SK1' })).toBe('API key secret')
  expect(healthDetail('access_token: not set', 'kaleyra')).toBe('API key: Not set.')
  expect(healthDetail('provider: Permission Denied (20003)', 'twilio')).toBe(
    'Twilio’s answer: Permission Denied (20003)',
  )
})

test('what is empty of a connection is not sent', () => {
  const connection = {
    ...good.connection,
    public_url: ' https://care.example ',
    media_hosts: 'a.example b.example',
  }
  expect(accountResource.toBody({ connection })).toEqual({
    connection: {
      public_url: 'https://care.example',
      version: 'v2',
      media_hosts: ['a.example', 'b.example'],
    },
  })
})

test('a key can be made of any name', () => {
  expect(keyFrom('Négozio Milano 2')).toBe('negozio-mila')
  expect(keyFrom(' Shop! ')).toBe('shop')
  expect(keyFrom('Assistenza  -clienti')).toBe('assistenza-c')
  expect(keyFrom('客服')).toBe('')
})

test('a webhook that Meta cannot call is noticed', () => {
  expect(isReachable('https://care.example.com/webhooks/meta/shop')).toBe(true)
  for (const url of [
    'http://care.example.com/webhooks/meta/shop',
    'https://localhost:8080/webhooks/meta/shop',
    'https://192.168.1.2/webhooks/meta/shop',
    'https://desk.internal/webhooks/meta/shop',
    '/webhooks/meta/shop',
  ]) {
    expect([url, isReachable(url)]).toEqual([url, false])
  }
})

test('what was wrong at the last check is worded where its code is known', () => {
  expect(healthDetail('verify_token: not set', 'meta')).toBe('Verify token: Not set.')
  expect(healthDetail('number: (#190) expired', 'meta')).toBe('Phone number: (#190) expired')
  expect(healthDetail('Something else', 'twilio')).toBe('Something else')
  expect(healthDetail(null, 'sinch')).toBe(null)
})
