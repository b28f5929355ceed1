// What is done to contacts, and what of it the lists on screen are told.
import type { QueryClient } from '@tanstack/react-query'
import { api } from '@/api/client'
import { putContact } from '@/api/entities'
import { type ContactFilter, keys } from '@/api/keys'
import { ApiProblem, problemWords } from '@/api/problem'
import type { Contact, ContactChange, ContactLink, ContactsDone, NewContact } from '@/api/types'
import { m } from '@/i18n/pages'
import { placeContact } from '@/live/cache'

export function heldContact(client: QueryClient, id: number): Contact | undefined {
  return client.getQueryData<Contact>(keys.contact(id))
}

export function put(client: QueryClient, contact: Contact): Contact {
  putContact(client, contact)
  placeContact(client, contact)
  // Whoever has changed one has worked on it.
  void client.invalidateQueries({
    queryKey: keys.contactPages,
    predicate: ({ queryKey }) => (queryKey[1] as ContactFilter).mine === true,
  })
  return contact
}

export async function create(client: QueryClient, body: NewContact): Promise<Contact> {
  return put(client, await api.post<Contact>('/contacts', body))
}

export async function change(client: QueryClient, id: number, body: ContactChange): Promise<Contact> {
  return put(client, await api.patch<Contact>(`/contacts/${id}`, body))
}

export async function copy(client: QueryClient, id: number, list: number, force: boolean): Promise<Contact> {
  return put(client, await api.post<Contact>(`/contacts/${id}/copies`, { list_id: list, force }))
}

/** Whose interaction it is: a contact there is, or a new one. All that its address wrote goes along. */
export async function link(client: QueryClient, interactionId: number, to: ContactLink): Promise<Contact> {
  const contact = put(client, await api.put<Contact>(`/interactions/${interactionId}/contact`, to))
  // Its frame says so too, to whoever is connected.
  await Promise.all([
    client.invalidateQueries({ queryKey: keys.interaction(interactionId) }),
    client.invalidateQueries({ queryKey: keys.interactionDetail(interactionId) }),
  ])
  return contact
}

/** Brings back what was deleted. */
export async function restore(client: QueryClient, { id, version }: Contact): Promise<Contact> {
  const contact = await change(client, id, { version, deleted: false })
  // What one may do with it is another matter again.
  await client.invalidateQueries({ queryKey: keys.contact(id), exact: true })
  return contact
}

export async function tagMany(
  ids: readonly number[],
  add: string[],
  remove: string[],
): Promise<ContactsDone> {
  return api.post('/contacts/taggings', { ids, add, remove })
}

export async function moveMany(ids: readonly number[], list: number): Promise<ContactsDone> {
  return api.post('/contacts/moves', { ids, list_id: list })
}

export async function deleteMany(ids: readonly number[]): Promise<ContactsDone> {
  return api.post('/contacts/deletions', { ids })
}

/** Why some of several were left as they are, each reason once. */
export function failedWords(failed: ContactsDone['failed']): string {
  const blank = { type: 'about:blank', title: '', status: 409, params: {}, fields: [] }
  const reasons = new Set(
    failed.map(({ code }) => problemWords(new ApiProblem({ ...blank, code, detail: code }))),
  )
  return m.contacts_not_done({ count: failed.length, reasons: [...reasons].join(' ') })
}
