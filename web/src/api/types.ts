// The shapes of the API. Once `cargo xtask regen` has made schema.ts from the server's OpenAPI document,
// each of these is an alias of the generated type; nothing else in web/ names the generated file.
// Instants are RFC 3339 strings in UTC; ids are numbers people may quote; `version` only ever grows.

export type Instant = string
export type Position = string // opaque: where in the event log an answer was read

// ---- session -------------------------------------------------------------------------------------------------
export type Role = 'agent' | 'supervisor' | 'admin'
export type Permission =
  | 'interactions.note'
  | 'interactions.close'
  | 'interactions.take'
  | 'interactions.export'
  | 'interactions.raw'
  | 'interactions.why'
  | 'contacts.edit'
  | 'realtime.view'
  | 'accounts.edit'
  | 'queues.edit'
  | 'users.edit'
  | 'ledger.view'
  | 'settings.edit'

/** GET /api/v1/welcome — needs no session. */
export interface Welcome {
  name: string
  version: string
  demo: {
    sign_ins: { login: string; password: string; name: string; role: Role }[]
    phones_url: string
  } | null
}
/** POST /api/v1/session {login, password} · GET /api/v1/session (401 problem when signed out) · DELETE /api/v1/session */
export interface Session {
  user: Me
  presence: Presence
  /** Where the event stream should start. */
  position: Position
  settings: DeskSettings
}
export interface Me {
  id: number
  login: string
  name: string
  alias: string | null
  role: Role
  permissions: Permission[]
  locale: string | null // 'en' | 'it' | null = browser's
  theme: 'system' | 'light' | 'dark'
  capacity: number // 0 = no limit
  must_change_password: boolean
}
/** PATCH /api/v1/me {locale?, theme?, name?, alias?} → Me · PUT /api/v1/me/password {current, new} → 204 */
export interface DeskSettings {
  max_tabs: number
  attachment_limit_bytes: number
  offer_sound_repeat_s: number
  pause_reasons: string[]
  reconnect_grace_s: number
}
export type PresenceState = 'available' | 'paused' | 'offline'
/** PUT /api/v1/presence {state, reason?} → Presence */
export interface Presence {
  user_id: number
  name: string
  state: PresenceState
  reason: string | null
  since: Instant
  open: number
  capacity: number
  handled_today: number
  version: number
}

// ---- dashboard and offers ----------------------------------------------------------------------------------
/** GET /api/v1/dashboard */
export interface Dashboard {
  queues: QueueCard[]
  presence: Presence
  position: Position
}
export interface QueueCard {
  id: number
  name: string
  waiting: number
  longest_wait_since: Instant | null
  available: number // agents who could take one now
  online: number
  version: number
}
/** GET /api/v1/offers → Offer[] (mine, pending). Accept: PUT /api/v1/interactions/{id}/acceptance {offer_id} → Interaction;
 *  reject: DELETE /api/v1/interactions/{id}/acceptance?offer_id= → 204. A lost race is 409 `taken` with params {by: name, by_id}. */
export interface Offer {
  id: number
  interaction_id: number
  account: AccountRef
  queue: QueueRef
  customer: string // masked where the viewer is masked
  first_words: string
  waiting_since: Instant
  starts_at: Instant
  ends_at: Instant
  state: 'pending' | 'accepted' | 'rejected' | 'expired' | 'taken' | 'withdrawn'
  taken_by: UserRef | null
  version: number
}

// ---- interactions ------------------------------------------------------------------------------------------
export interface UserRef {
  id: number
  name: string
}
export interface QueueRef {
  id: number
  name: string
}
export interface AccountRef {
  id: number
  key: string
  name: string
}
export type InteractionState = 'flow' | 'offered' | 'waiting' | 'unassigned' | 'bot' | 'active' | 'closed'
export type Controller = 'flow' | 'queue' | 'bot' | 'agent'

/** One row of the list; also what `interaction` events carry. */
export interface Interaction {
  id: number
  version: number
  account: AccountRef
  customer: string
  phone: string | null // as shown, masked where masked; null for a hidden number
  contact_id: number | null
  state: InteractionState
  controller: Controller
  queue: QueueRef | null
  owner: UserRef | null
  first_owner: UserRef | null
  was_with: UserRef | null
  started_at: Instant
  waiting_since: Instant | null
  closed_at: Instant | null
  reopened_at: Instant | null
  last_message: {
    at: Instant
    direction: 'in' | 'out'
    kind: MessageKind
    preview: string
    status: MessageStatus | null
  } | null
  unread: number
  marked_unread: boolean
  unmanaged: number // inbound not yet answered
  window: { expires_at: Instant | null; open: boolean; cause: 'message' | 'provider' | null }
  tags: string[]
  /** What the viewer may do now; the server enforces the same. */
  may: { write: boolean; note: boolean; take: boolean; close: boolean; reopen: boolean }
}
/** GET /api/v1/interactions?state=open|closed|waiting|unassigned|active&account=ID&agent=me|all|none|bot|ID&queue=ID
 *   &read=read|unread&from=INSTANT&to=INSTANT&search=TEXT&after=CURSOR&limit=50 — newest activity first.
 *  `read` means: unread for its owner. All lists look like this. */
export interface Page<T> {
  items: T[]
  next: string | null
  position: Position
}
/** GET /api/v1/interactions/{id} */
export interface InteractionDetail {
  interaction: Interaction
  contact: Contact | null
  address: {
    key: string
    phone: string | null
    user_id: string | null
    username: string | null
    profile_name: string | null
  }
  watching: UserRef[]
  accepted_at: Instant | null
  message_count: number
  position: Position
}
/** PUT /api/v1/interactions/{id}/ownership → Interaction (Take). 409 `taken` | `not_waiting`
 *  PUT /api/v1/interactions/{id}/closure → Interaction (Close).
 *  PUT /api/v1/interactions/{id}/reading {through: message id} → 204; DELETE = mark unread → 204.
 *  GET /api/v1/interactions/{id}/journey → Page<JourneyEntry>
 *  GET /api/v1/interactions/{id}/decisions → Decision[] (permission interactions.why) */
export interface JourneyEntry {
  id: number
  account: AccountRef
  started_at: Instant
  closed_at: Instant | null
  state: InteractionState
  owner: UserRef | null
  preview: string | null // null when the viewer may not open it
  may_open: boolean
}
export interface Decision {
  at: Instant
  queue: QueueRef
  strategy: Strategy
  chosen: UserRef[]
  /** Codes: offline, paused, at_capacity, not_on_account, asked_recently, has_offer, blocked. */
  skipped: { user: UserRef; code: string; detail: string }[]
  tie_break: string | null // code: longest_idle, fewest_open, next_in_order, all, last_agent
}

// ---- messages ----------------------------------------------------------------------------------------------
export type MessageKind =
  | 'text'
  | 'image'
  | 'video'
  | 'audio'
  | 'voice'
  | 'document'
  | 'sticker'
  | 'location'
  | 'contacts'
  | 'reaction'
  | 'interactive'
  | 'button'
  | 'order'
  | 'template'
  | 'system'
  | 'note'
  | 'call'
  | 'unsupported'
export type MessageStatus =
  | 'queued'
  | 'accepted'
  | 'sent'
  | 'delivered'
  | 'read'
  | 'played'
  | 'failed'
  | 'unknown'

export interface Message {
  id: number
  interaction_id: number
  version: number
  direction: 'in' | 'out' | 'note' | 'system'
  kind: MessageKind
  text: string | null
  content: Content
  author: { kind: 'customer' | 'agent' | 'bot' | 'system'; id: number | null; name: string }
  at: Instant // thread time
  sent_at: Instant | null // provider's clock, when it differs from `at` by more than a minute
  client_id: string | null
  reply_to: { id: number | null; author: string; preview: string } | null
  reactions: { emoji: string; by: 'customer' | 'agent'; name: string }[]
  attachments: Attachment[]
  status: MessageStatus | null // outbound only
  failure: Failure | null
  edited_at: Instant | null
  deleted_at: Instant | null
  forwarded: boolean
  late: boolean // older than the closing of an earlier interaction
  has_raw: boolean // GET /api/v1/messages/{id}/raw (permission interactions.raw)
}
/** Why a message failed: the code is translated by the desktop, `detail` is the provider's own text. */
export interface Failure {
  code: string // meta.131047, meta.131026, network, unknown_outcome, lane_timeout, …
  title: string // plain English, for logs and untranslated codes
  next: string // code of the next step: template, retry, wait, check_number, call_admin, none
  detail: string | null
  retryable: boolean
}
export type Content =
  | { type: 'text' }
  | { type: 'media' }
  | { type: 'note'; mentions: number[] }
  | { type: 'location'; latitude: number; longitude: number; name: string | null; address: string | null }
  | {
      type: 'contacts'
      cards: { name: string; phones: string[]; emails: string[]; organisation: string | null }[]
    }
  | { type: 'reply'; title: string; description: string | null; id: string | null }
  | { type: 'form'; name: string | null; answers: { key: string; value: string }[] }
  | {
      type: 'order'
      text: string | null
      items: { product: string; quantity: number; price: string; currency: string }[]
    }
  | { type: 'system'; code: string; params: Record<string, string> } // taken, accepted, closed, reopened, number_changed, …
  | { type: 'unsupported'; name: string }
export interface Attachment {
  id: number
  kind: 'image' | 'video' | 'audio' | 'voice' | 'document' | 'sticker'
  name: string | null
  mime: string
  size: number | null
  state: 'pending' | 'stored' | 'failed'
  error: string | null
  width: number | null
  height: number | null
  animated: boolean
  /** GET this for the bytes; `?download=1` for a file. */
  url: string
}
/** GET /api/v1/interactions/{id}/messages?before=CURSOR&limit=60 → newest page first, items oldest → newest;
 *  `next` is the cursor of the older page. */
export type MessagePage = Page<Message>
/** POST /api/v1/interactions/{id}/messages → Message (201; 200 when client_id was seen before).
 *  409 `stale_reply` with params {messages: Message[]} unless `confirm` is true; 409 `window_closed`, `not_owner`. */
export interface SendMessage {
  client_id: string
  kind: 'text' | 'note' | 'reaction'
  text: string // for a reaction the emoji, '' removes it
  reply_to?: number | null // message quoted, or reacted to
  seen_through?: number | null
  confirm?: boolean
}
/** POST /api/v1/messages/{id}/attempts → Message (Retry). */

// ---- contacts ----------------------------------------------------------------------------------------------
/** GET /api/v1/contacts/{id} · PATCH /api/v1/contacts/{id} with any of the editable fields and `version` → Contact.
 *  A masked field comes as {masked: true} text and may not be sent back. */
export interface Contact {
  id: number
  version: number
  first_name: string
  last_name: string | null
  phone: string | null
  mobile: string | null
  email: string | null
  company: string | null
  language: string | null
  description: string | null
  tags: string[]
  masked: string[] // names of fields whose value is masked
}

// ---- administration ----------------------------------------------------------------------------------------
export type Strategy = 'beep_all' | 'round_robin' | 'least_recent' | 'fewest_open'
/** GET /api/v1/queues · POST · GET /{id} · PATCH /{id} · DELETE /{id}; 409 `in_use` while work is open. */
export interface Queue {
  id: number
  version: number
  name: string
  strategy: Strategy
  agent_timeout_s: number // 30
  weight: number // 0–10
  service_level_s: number // 0 = off
  last_agent_first: boolean
  wrap_up_s: number
  user_ids: number[]
  team_ids: number[]
}
/** GET /api/v1/accounts · POST · PATCH · DELETE. Credentials are written, never read: `credentials` tells which are set. */
export interface Account {
  id: number
  version: number
  key: string // ≤ 12 of [a-z0-9-], unique; part of the webhook URL and shown on tabs
  name: string
  provider: 'meta'
  phone: string | null
  base_url: string
  phone_number_id: string
  business_account_id: string
  app_id: string | null
  webhook_url: string
  credentials: { access_token: boolean; app_secret: boolean; verify_token: boolean }
  flow: FlowStep[]
  default_queue_id: number
  window_rule: 'latest_inbound' | 'first_inbound' | 'first_template'
  grace_s: number
  rate_per_s: number // 80
  create_contact: boolean
  take_from_bot: boolean
  user_ids: number[]
  team_ids: number[]
  health: { state: 'ok' | 'failing' | 'unknown'; detail: string | null; at: Instant | null }
}
export type FlowStep = { type: 'queue'; queue_id: number; timeout_s: number }
/** POST/PATCH body: the same fields, and `credentials: {access_token?, app_secret?, verify_token?}` as strings.
 *  POST /api/v1/accounts/{id}/checks → AccountCheck: asks the provider whether it all works. */
export interface AccountCheck {
  ok: boolean
  steps: { code: string; ok: boolean; detail: string | null }[]
}
/** GET /api/v1/users · POST (with `password`) · PATCH (`password` sets a new one) · DELETE; restore: PATCH {deleted: false}. */
export interface User {
  id: number
  version: number
  login: string
  name: string
  alias: string | null
  email: string | null
  role: Role
  profile_id: number
  capacity: number
  team_ids: number[]
  deleted: boolean
  presence: PresenceState
}
/** GET /api/v1/teams · POST · PATCH · DELETE */
export interface Team {
  id: number
  version: number
  name: string
  user_ids: number[]
}
/** GET /api/v1/profiles · PATCH /api/v1/profiles/{id} */
export interface Profile {
  id: number
  version: number
  name: string
  role: Role
  builtin: boolean
  permissions: Permission[]
  scope: 'own' | 'queues' | 'accounts' | 'all'
  masking: { name: Mask; phone: Mask; email: Mask }
}
export type Mask = { mode: 'none' } | { mode: 'full' } | { mode: 'last'; count: number }
/** GET /api/v1/deliveries?state=failed|ignored|applied|duplicate|pending&account=ID&after= → Page<Delivery>, newest first
 *  GET /api/v1/deliveries/{id} → DeliveryDetail · POST /api/v1/deliveries/{id}/replays → Delivery */
export interface Delivery {
  id: number
  account: AccountRef
  received_at: Instant
  state: 'pending' | 'applied' | 'duplicate' | 'ignored' | 'failed'
  reason: string | null
  size: number
  updates: number | null // messages, statuses and events in it
  replays: number
}
export interface DeliveryDetail {
  delivery: Delivery
  headers: Record<string, string>
  body: string
  outcomes: { item: string; outcome: string; detail: string | null }[]
}
/** GET/PATCH /api/v1/settings — what an administrator may set for the whole desk. */
export interface Settings {
  version: number
  max_tabs: number
  attachment_limit_mb: number // 1–25
  offer_sound_repeat_s: number
  pause_reasons: string[]
  reconnect_grace_s: number
  not_responding_after: number // expired offers in a row, 0 = off
}

// ---- problems ----------------------------------------------------------------------------------------------
/** Every error: application/problem+json. The desktop words `code`; `detail` is English for developers. */
export interface Problem {
  type: string
  title: string
  status: number
  detail: string
  code: string
  params: Record<string, unknown>
  fields: { name: string; code: string; detail: string }[]
}

// ---- the stream --------------------------------------------------------------------------------------------
/** WebSocket /api/v1/stream?since=POSITION; also GET /api/v1/events?since= → {events: Frame[], position} (long poll, 25 s).
 *  Frames carry whole things and their version; ignore one that is not newer than what is held. */
export type Frame =
  | { type: 'hello'; position: Position }
  | { type: 'resync'; position: Position } // throw away what is cached, read again; the stream goes on from here
  | { type: 'interaction'; position: Position; interaction: Interaction }
  | { type: 'gone'; position: Position; id: number } // no longer yours to see
  | { type: 'message'; position: Position; message: Message; interaction: Interaction } // new or changed
  | { type: 'offer'; position: Position; offer: Offer } // mine; also when it ends
  | { type: 'presence'; position: Position; presence: Presence } // mine, or anybody's for supervisors
  | { type: 'queue'; position: Position; queue: QueueCard } // of my queues
  | { type: 'contact'; position: Position; contact: Contact }
  | {
      type: 'changed'
      position: Position
      what: 'accounts' | 'queues' | 'users' | 'teams' | 'profiles' | 'settings' | 'deliveries' | 'me'
    }
  | { type: 'signed_out'; position: Position } // the session ended elsewhere
  // whispers: not events, may be lost, carry no position
  | { type: 'typing'; interaction_id: number; user: UserRef }
  | { type: 'watching'; interaction_id: number; users: UserRef[] }
  | { type: 'position'; position: Position } // heartbeat every 15 s: nothing for you up to here
/** What the client may say on the socket. */
export type ClientFrame =
  | { type: 'watch'; interaction_id: number | null } // what is on screen
  | { type: 'typing'; interaction_id: number }
