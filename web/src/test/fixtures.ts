// Whole things with sensible values, for tests that care about one or two of them.
import type {
  Contact,
  ContactField,
  Interaction,
  Message,
  Notice,
  Offer,
  Presence,
  QueueCard,
  Session,
} from '@/api/types'

const at = '2026-11-22T10:00:00Z'

export function interaction(over: Partial<Interaction> = {}): Interaction {
  return {
    id: 1,
    version: 1,
    account: { id: 1, key: 'shop', name: 'Shop' },
    customer: 'Giulia Neri',
    phone: '+39 333 1234567',
    contact_id: null,
    state: 'active',
    controller: 'agent',
    queue: { id: 1, name: 'Sales' },
    owner: { id: 1, name: 'Marta' },
    first_owner: { id: 1, name: 'Marta' },
    was_with: null,
    started_at: at,
    waiting_since: null,
    closed_at: null,
    back_until: null,
    reopened_at: null,
    last_message: { at, direction: 'in', kind: 'text', preview: 'Hello', status: null },
    unread: 0,
    marked_unread: false,
    unmanaged: 0,
    unanswered_since: null,
    window: { expires_at: null, open: true, cause: null },
    tags: [],
    disposition: null,
    snooze: null,
    sentiment: null,
    blocked: false,
    transfer: null,
    may: {
      write: true,
      note: true,
      take: false,
      close: true,
      dispose: false,
      snooze: true,
      tag: true,
      block: true,
      reopen: false,
      transfer: true,
      cancel_transfer: false,
      assign: false,
      export: false,
    },
    ...over,
  }
}

export function message(over: Partial<Message> = {}): Message {
  return {
    id: 1,
    interaction_id: 1,
    version: 1,
    direction: 'in',
    kind: 'text',
    text: 'Hello',
    content: { type: 'text' },
    author: { kind: 'customer', id: null, name: 'Giulia' },
    at,
    sent_at: null,
    client_id: null,
    reply_to: null,
    reactions: [],
    attachments: [],
    status: null,
    failure: null,
    edited_at: null,
    deleted_at: null,
    erased: false,
    forwarded: false,
    late: false,
    sentiment: null,
    has_raw: false,
    ...over,
  }
}

export function offer(over: Partial<Offer> = {}): Offer {
  return {
    id: 1,
    interaction_id: 1,
    account: { id: 1, key: 'shop', name: 'Shop' },
    queue: { id: 1, name: 'Sales' },
    transfer: null,
    customer: 'Giulia',
    first_words: 'Hello',
    waiting_since: at,
    starts_at: at,
    ends_at: '2026-11-22T10:00:30Z',
    state: 'pending',
    taken_by: null,
    version: 1,
    ...over,
  }
}

export function notice(over: Partial<Notice> = {}): Notice {
  return {
    id: 1,
    kind: 'nobody_accepts',
    interaction: { id: 1, customer: 'Giulia Neri', account: { id: 1, key: 'shop', name: 'Shop' } },
    by: null,
    params: {},
    at,
    read_at: null,
    version: 1,
    ...over,
  }
}

export function presence(over: Partial<Presence> = {}): Presence {
  return {
    user_id: 1,
    name: 'Marta',
    state: 'available',
    reason: null,
    since: at,
    open: 0,
    put_off: 0,
    wrap_up_until: null,
    capacity: 5,
    handled_today: 0,
    version: 1,
    ...over,
  }
}

export function queueCard(over: Partial<QueueCard> = {}): QueueCard {
  return {
    id: 1,
    name: 'Sales',
    waiting: 0,
    longest_wait_since: null,
    available: 1,
    online: 1,
    version: 1,
    ...over,
  }
}

export function session(over: Partial<Session> = {}): Session {
  return {
    user: {
      id: 1,
      login: 'marta',
      name: 'Marta',
      alias: null,
      role: 'agent',
      permissions: ['interactions.note', 'interactions.close', 'interactions.take'],
      locale: null,
      theme: 'system',
      capacity: 5,
      must_change_password: false,
      masked: [],
    },
    presence: presence(),
    position: 'p0',
    settings: {
      max_tabs: 20,
      attachment_limit_bytes: 15_000_000,
      offer_sound_repeat_s: 10,
      pause_reasons: ['Lunch'],
      reconnect_grace_s: 120,
    },
    ...over,
  }
}

export function contactField(over: Partial<ContactField> = {}): ContactField {
  return {
    id: 1,
    version: 1,
    list_id: null,
    list_name: null,
    key: 'city',
    name: 'City',
    kind: 'text',
    options: [],
    required: false,
    sensitive: false,
    hidden: false,
    archived: false,
    used: 0,
    ...over,
  }
}

export function contact(over: Partial<Contact> = {}): Contact {
  return {
    id: 1,
    version: 1,
    list_id: 1,
    first_name: '',
    last_name: null,
    company: null,
    company_id: null,
    phone: null,
    mobile: null,
    numbers: [],
    email: null,
    postal_address: null,
    date_of_birth: null,
    url: null,
    socials: {},
    language: null,
    description: null,
    owner: null,
    tags: [],
    fields: {},
    masked: [],
    pinned_note: null,
    origin: 'agent',
    created_at: '2026-11-01T10:00:00Z',
    updated_at: '2026-11-01T10:00:00Z',
    deleted_at: null,
    erased_at: null,
    ...over,
  }
}
