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
  expect(healthDetail('verify_token: not set')).toBe('Verify token: Not set.')
  expect(healthDetail('number: (#190) expired')).toBe('Phone number: (#190) expired')
  expect(healthDetail('Something else')).toBe('Something else')
  expect(healthDetail(null)).toBe(null)
})
