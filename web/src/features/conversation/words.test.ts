import { describe, expect, test } from 'vitest'
import type { Failure, MessageStatus } from '@/api/types'
import { message } from '@/test/fixtures'
import codes from '../../../messages/failures.json'
import { failureWords } from './failure'
import { tickWords } from './message/Tick'
import { systemWords } from './systemLine'

const line = (code: string, params: Record<string, string> = {}, name = 'Marta') =>
  systemWords(
    message({
      direction: 'system',
      kind: 'system',
      text: null,
      content: { type: 'system', code, params },
      author: { kind: name ? 'agent' : 'system', id: null, name },
    }),
  )

describe('system lines', () => {
  test.each([
    ['accepted', {}, 'Accepted by Marta'],
    ['taken', {}, 'Taken by Marta'],
    ['taken', { from: 'Luca' }, 'Taken by Marta from Luca'],
    ['customer.number_changed', { to: '+39 333' }, 'The customer’s number changed to +39 333'],
    ['invented.tomorrow', {}, 'Noted: invented.tomorrow'],
    ['toString', {}, 'Noted: toString'],
  ])('%s', (code, params: Record<string, string>, words) => expect(line(code, params)).toBe(words))

  test('what the desk did by itself has no name', () => expect(line('closed', {}, '')).toBe('Closed'))
})

const failed = (over: Partial<Failure>): Failure => ({
  code: 'meta.1',
  title: 'Refused somehow',
  next: 'none',
  detail: null,
  retryable: false,
  ...over,
})

describe('failures', () => {
  test('say why and what to do', () =>
    expect(failureWords(failed({ code: 'meta.131047', next: 'template' }))).toBe(
      'More than 24 hours since the customer last wrote. Send a template instead.',
    ))

  test.each(Object.entries(codes))('%s has words', code =>
    expect(failureWords(failed({ code }))).not.toContain('Refused somehow'),
  )

  test('unknown ones show the title', () =>
    expect(failureWords(failed({ code: 'meta.999999' }))).toBe('WhatsApp refused: Refused somehow.'))
})

test('every state of a message has its word', () => {
  const all: MessageStatus[] = [
    'queued',
    'accepted',
    'sent',
    'delivered',
    'read',
    'played',
    'failed',
    'unknown',
  ]
  expect(all.map(tickWords)).toEqual([
    'Waiting to be sent',
    'Sent',
    'Sent',
    'Delivered',
    'Read',
    'Played',
    'Not sent',
    'May have been sent',
  ])
})
