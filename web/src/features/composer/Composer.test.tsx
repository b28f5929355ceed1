import type { QueryClient } from '@tanstack/react-query'
import { act, fireEvent, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Thread } from '@/api/entities'
import { keys } from '@/api/keys'
import { makeQueryClient } from '@/api/queries'
import type { Interaction, Message, SendMessage, Session, Suggestions } from '@/api/types'
import { showInDesk } from '@/test/desk'
import { interaction, message, session } from '@/test/fixtures'
import { Composer } from './Composer'
import { drafts } from './drafts'
import { setQuote } from './quote'
import { startSending } from './sending'

let client: QueryClient
let stop: () => void
let nextId = 100
let sent: SendMessage[]
let answer: (body: SendMessage) => Response

const suggestions: Suggestions = {
  items: [
    {
      id: 1,
      scope: 'global',
      shortcut: 'hours',
      title: 'Opening hours',
      text: 'From nine to six.',
      missing: [],
    },
    {
      id: 2,
      scope: 'personal',
      shortcut: null,
      title: 'Invoice',
      text: 'To {{contact.company}}, or {{contact.name}}?',
      missing: ['contact.company'],
    },
  ],
  placeholders: [
    { label: null, name: 'contact.company', value: null },
    // Masked: it is filled by the server.
    { label: null, name: 'contact.name', value: '•••' },
  ],
}

const stored = (body: SendMessage) =>
  Response.json(
    message({ id: 50, interaction_id: nextId, client_id: body.client_id, text: body.text, direction: 'out' }),
  )

beforeEach(() => {
  // Each its own interaction: the box and the outbox outlive a page.
  nextId++
  sent = []
  answer = stored
  client = makeQueryClient()
  client.setQueryData<Session>(keys.session, session())
  client.setQueryData(keys.offers, [])
  vi.spyOn(console, 'warn').mockImplementation(() => {})
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (path, options) => {
    if (options?.method === 'GET') {
      return Response.json(/\d+\/canned_answers$/.test(String(path)) ? suggestions : [])
    }
    if (/\/uses$/.test(String(path))) return new Response(null, { status: 204 })
    const body = JSON.parse(String(options?.body)) as SendMessage
    sent.push(body)
    return answer(body)
  })
  stop = startSending(client)
  // As browsers do it: what is selected is replaced, and the page hears of it.
  document.execCommand = (_, __, text = '') => {
    const input = document.activeElement as HTMLTextAreaElement
    const { value, selectionStart: from, selectionEnd: to } = input
    const set = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')?.set
    set?.call(input, value.slice(0, from) + text + value.slice(to))
    fireEvent.input(input)
    return true
  }
})
afterEach(() => stop())

async function show(over: Partial<Interaction> = {}) {
  const asked = message({ id: 40, interaction_id: nextId, text: 'Where is it?' })
  client.setQueryData(keys.interaction(nextId), interaction({ id: nextId, ...over }))
  client.setQueryData<Thread>(keys.thread(nextId), {
    pages: [{ items: [asked], next: null, position: 'p' }],
    pageParams: [null],
  })
  await showInDesk(client, <Composer interactionId={nextId} settled={nextId} />, `/interactions/${nextId}`)
}
const box = () => screen.getByRole<HTMLTextAreaElement>('textbox')
const type = (text: string) => fireEvent.change(box(), { target: { value: text } })
const press = (key: string, over = {}) => fireEvent.keyDown(box(), { key, ...over })
const thread = () => client.getQueryData<Thread>(keys.thread(nextId))?.pages.flatMap(page => page.items) ?? []
const problem = (code: string, params = {}) =>
  new Response(JSON.stringify({ status: 409, code, params }), { status: 409 })

test('Enter sends: the bubble is there at once, and becomes the one the server has', async () => {
  await show()
  type('On its *way*')
  press('Enter')
  expect(thread().at(-1)).toMatchObject({ text: 'On its *way*', status: 'queued' })
  expect(thread().at(-1)?.id).toBeLessThan(0)
  expect(box().value).toBe('')
  await waitFor(() => expect(thread().at(-1)?.id).toBe(50))
  expect(thread()).toHaveLength(2)
  expect(sent[0]).toMatchObject({ kind: 'text', text: 'On its *way*', reply_to: null, seen_through: 40 })
})

test('Shift+Enter breaks the line, blanks are no message', async () => {
  await show()
  type('  ')
  press('Enter')
  type('one')
  press('Enter', { shiftKey: true })
  expect(sent).toEqual([])
})

test('a note is amber from end to end and never a message', async () => {
  await show()
  press('n', { altKey: true, code: 'KeyN' })
  expect(screen.getByLabelText('Internal note about Giulia Neri')).toBeTruthy()
  type('careful')
  press('Enter')
  await waitFor(() => expect(sent[0]).toMatchObject({ kind: 'note', text: 'careful' }))
  // The next one is a note too, until one says otherwise.
  expect(screen.getByLabelText('Internal note about Giulia Neri')).toBeTruthy()
})

test('a quoted message goes with the answer, once', async () => {
  await show()
  act(() => setQuote(nextId, message({ id: 40, text: 'Where is it?' })))
  expect(screen.getByText('Answering Giulia')).toBeTruthy()
  expect(document.activeElement).toBe(box())
  type('Here')
  press('Enter')
  await waitFor(() => expect(sent[0]?.reply_to).toBe(40))
  expect(screen.queryByText('Answering Giulia')).toBeNull()
})

test('a blind answer comes back with what was missed; Ctrl+Enter sends it all the same', async () => {
  const newer = message({ id: 41, interaction_id: nextId, text: 'I have found it' })
  answer = () => problem('stale_reply', { messages: [newer] })
  await show()
  type('Still looking')
  press('Enter')
  const guard = await screen.findByRole('alert')
  expect(guard.textContent).toContain('I have found it')
  expect(box().value).toBe('Still looking')
  expect(thread().map(({ id }) => id)).toEqual([40, 41])

  answer = stored
  press('Enter')
  expect(sent).toHaveLength(1)
  press('Enter', { ctrlKey: true })
  await waitFor(() =>
    expect(sent[1]).toMatchObject({ confirm: true, seen_through: 41, text: 'Still looking' }),
  )
  expect(screen.queryByRole('alert')).toBeNull()
})

test('what the server refuses stays as a failed bubble with its reason', async () => {
  answer = () => problem('window_closed')
  await show()
  type('Too late')
  press('Enter')
  await waitFor(() => expect(thread().at(-1)).toMatchObject({ status: 'failed', text: 'Too late' }))
  expect((thread().at(-1) as Message).failure?.code).toBe('window_closed')
})

const nothing = {
  write: false,
  note: true,
  take: true,
  close: false,
  dispose: false,
  snooze: false,
  tag: false,
  block: false,
  reopen: false,
  transfer: false,
  cancel_transfer: false,
  assign: false,
  export: false,
}

test('what somebody else answers can be taken, and noted on', async () => {
  await show({ owner: { id: 2, name: 'Luca' }, may: nothing })
  expect(screen.getByText(/Luca answers here/)).toBeTruthy()
  expect(screen.queryByRole('textbox')).toBeNull()
  expect(screen.getByRole('button', { name: 'Take' })).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: /Write a note/ }))
  type('hello Luca')
  press('Enter')
  await waitFor(() => expect(sent[0]?.kind).toBe('note'))
})

test('behind a closed window a draft is kept and cannot be sent', async () => {
  drafts.change(nextId, { text: 'begun before' })
  await show({ window: { open: false, expires_at: null, cause: null } })
  expect(screen.getByText(/24 hours/)).toBeTruthy()
  expect(box().readOnly).toBe(true)
  press('Enter')
  expect(sent).toEqual([])
})

test('more than WhatsApp takes is counted and not sent', async () => {
  await show()
  type('é'.repeat(4_100))
  expect(screen.getByText('4 too many for one message')).toBeTruthy()
  press('Enter')
  expect(sent).toEqual([])
})

test('a slash finds a canned answer; Enter puts it in and sends nothing', async () => {
  await show()
  type('Hello /open')
  const option = await screen.findByRole('option', { name: /Opening hours/ })
  expect(option.getAttribute('aria-selected')).toBe('true')
  expect(box().getAttribute('aria-activedescendant')).toBe(option.id)
  press('Enter')
  expect(box().value).toBe('Hello From nine to six.')
  expect(screen.queryByRole('listbox')).toBeNull()
  expect(sent).toEqual([])
})

test('what nothing is known for is named, and not sent before it is filled in', async () => {
  await show()
  type('/inv')
  await screen.findByRole('option', { name: /Invoice/ })
  press('Enter')
  expect(await screen.findByText('Fill in before sending:')).toBeTruthy()
  press('Enter')
  expect(sent).toEqual([])
  expect(box().value.slice(box().selectionStart, box().selectionEnd)).toBe('{{contact.company}}')
  type('To Rossi, or {{contact.name}}?')
  press('Enter')
  await waitFor(() => expect(sent[0]?.text).toBe('To Rossi, or {{contact.name}}?'))
})

test('Escape puts the list away until the sign is typed anew', async () => {
  await show()
  type('/')
  await screen.findByRole('listbox')
  press('Escape')
  type('/o')
  expect(screen.queryByRole('listbox')).toBeNull()
  press('Enter')
  await waitFor(() => expect(sent[0]?.text).toBe('/o'))
})
