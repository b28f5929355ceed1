import { m } from '@/i18n'
import { NotDownloaded } from '@/lib/downloaded'
import type { Problem } from './types'

/** What the server refused, and why. `code` decides, `params` fill the words, `fields` belong beside the fields. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem'
  readonly status: number
  readonly code: string
  readonly params: Record<string, unknown>
  readonly fields: Problem['fields']

  constructor(problem: Problem, cause?: unknown) {
    super(problem.detail || problem.title, { cause })
    this.status = problem.status
    this.code = problem.code
    this.params = problem.params
    this.fields = problem.fields
  }

  /** Also for answers that are no problem details: a proxy's page, a server that is starting. */
  static async from(response: Response): Promise<ApiProblem> {
    let body: Partial<Problem> = {}
    try {
      body = (await response.json()) as Partial<Problem>
    } catch {
      // Not JSON: the status alone has to do.
    }
    return new ApiProblem({
      type: body.type ?? 'about:blank',
      title: body.title ?? response.statusText,
      status: response.status,
      detail: body.detail ?? '',
      code: body.code ?? (response.status >= 500 ? 'unavailable' : 'unexpected'),
      params: body.params ?? {},
      fields: body.fields ?? [],
    })
  }

  /** The words for one field, for a form's `error`. */
  field(name: string): string | undefined {
    const found = this.fields.find(field => field.name === name)
    return found && fieldWords(found)
  }
}

export function networkProblem(cause: unknown): ApiProblem {
  const empty = { type: 'about:blank', title: '', detail: '', status: 0, params: {}, fields: [] }
  return new ApiProblem({ ...empty, code: 'network' }, cause)
}

/** What the server would answer; said before it is asked. */
export function forbidden(): ApiProblem {
  const empty = { type: 'about:blank', title: '', detail: '', params: {}, fields: [] }
  return new ApiProblem({ ...empty, status: 403, code: 'forbidden' })
}

export function isProblem(error: unknown, code?: string): error is ApiProblem {
  return error instanceof ApiProblem && (code === undefined || error.code === code)
}

/** Whether the same may go through later: no network, a server that restarts, a session that has to be renewed. */
export function mayPass(error: unknown): boolean {
  if (!isProblem(error)) return false
  return error.code === 'network' || error.status >= 500 || [401, 408, 429].includes(error.status)
}

type Params = Record<string, unknown>
const text = (value: unknown): string => (value === null || value === undefined ? '' : String(value))

// Each code of the server's that a person can meet. A code that is missing here shows the server's own English.
const words: Record<string, (params: Params) => string> = {
  network: () => m.problem_network(),
  unavailable: () => m.problem_unavailable(),
  signed_out: () => m.problem_signed_out(),
  unauthorized: () => m.problem_signed_out(),
  bad_credentials: () => m.problem_bad_credentials(),
  locked_out: params => m.problem_locked_out({ minutes: Number(params.minutes ?? 15) }),
  forbidden: () => m.problem_forbidden(),
  not_found: () => m.problem_not_found(),
  invalid: () => m.problem_invalid(),
  stale_version: () => m.problem_stale_version(),
  version_conflict: () => m.problem_stale_version(),
  changed_meanwhile: () => m.problem_stale_version(),
  in_use: params =>
    typeof params.open === 'number' ? m.problem_in_use_count({ open: params.open }) : m.problem_in_use(),
  last_admin: () => m.problem_last_admin(),
  oneself: () => m.problem_oneself(),
  taken: params => m.problem_taken({ by: text(params.by) || m.problem_somebody_else() }),
  not_waiting: () => m.problem_not_waiting(),
  bot_holds: () => m.problem_bot_holds(),
  not_offered: () => m.problem_not_offered(),
  window_closed: () => m.problem_window_closed(),
  not_owner: params =>
    params.by_id === null
      ? m.problem_nobodys()
      : m.problem_not_owner({ owner: text(params.by) || m.problem_somebody_else() }),
  closed: () => m.problem_closed(),
  not_closed: () => m.problem_not_closed(),
  transfers_off: () => m.problem_transfers_off(),
  transfer_pending: () => m.problem_transfer_pending(),
  no_transfer: () => m.problem_transfer_over(),
  transfer_over: () => m.problem_transfer_over(),
  not_on_account: params => m.problem_not_on_account({ by: text(params.by) }),
  not_available: params => m.problem_not_available({ by: text(params.by) }),
  theirs_already: params => m.problem_theirs_already({ by: text(params.by) }),
  newer_open: params =>
    params.by ? m.problem_newer_open({ by: text(params.by) }) : m.problem_newer_open_waiting(),
  unfilled: params =>
    m.problem_unfilled({ names: Array.isArray(params.names) ? params.names.join(', ') : '' }),
  template_not_approved: () => m.problem_template_not_approved(),
  template_not_available: () => m.problem_template_not_available(),
  template_beyond: () => m.problem_template_beyond(),
  recontact_window_open: () => m.problem_recontact_window_open(),
  recontact_not_set: () => m.problem_recontact_not_set(),
  recontact_no_language: () => m.problem_recontact_no_language(),
  recontact_not_approved: () => m.problem_recontact_not_approved(),
  recontact_pending: () => m.problem_recontact_pending(),
  recontact_unfilled: () => m.problem_recontact_unfilled(),
  provider_cannot: () => m.problem_provider_cannot(),
  cannot_start: () => m.problem_cannot_start(),
  not_held: () => m.problem_not_held(),
  disposition_required: () => m.problem_disposition_required(),
  disposition_used: () => m.problem_disposition_used(),
  no_wrap_up: () => m.problem_no_wrap_up(),
  block_lifted: () => m.problem_block_lifted(),
  sender_blocked: () => m.problem_sender_blocked(),
  newer_interaction: () => m.problem_newer_interaction(),
  stale_reply: () => m.problem_stale_reply(),
  too_large: params => m.problem_too_large({ limit: text(params.limit_mb ?? params.limit) }),
  file_too_large: params => m.problem_file_too_large({ limit: megabytes(params.limit) }),
  file_dangerous: () => m.problem_file_dangerous(),
  file_not_taken: params => fileNotTaken(text(params.family)),
  file_not_opus: () => m.problem_file_not_opus(),
  file_empty: () => m.problem_file_empty(),
  too_many_uploads: () => m.problem_too_many_uploads(),
  too_many_downloads: params =>
    params.whose === 'yours' ? m.problem_too_many_downloads() : m.problem_too_many_downloads_all(),
  rate_limited: () => m.problem_rate_limited(),
  origin: () => m.problem_origin(),
}

function megabytes(bytes: unknown): string {
  return (Number(bytes) / (1024 * 1024)).toLocaleString(undefined, { maximumFractionDigits: 1 })
}

function fileNotTaken(family: string): string {
  switch (family) {
    case 'picture':
      return m.problem_file_not_taken_picture()
    case 'video':
      return m.problem_file_not_taken_video()
    case 'audio':
      return m.problem_file_not_taken_audio()
    default:
      return m.problem_file_not_taken()
  }
}

const fieldCodes: Record<string, (params: Params) => string> = {
  required: () => m.field_required(),
  too_long: () => m.field_too_long(),
  too_short: () => m.field_too_short(),
  out_of_range: () => m.field_out_of_range(),
  not_unique: () => m.field_taken(),
  taken: () => m.field_taken(),
  format: () => m.field_format(),
  masked: () => m.field_masked(),
  unknown: () => m.field_unknown(),
  weak: () => m.field_weak(),
  unknown_placeholder: () => m.field_unknown_placeholder(),
  wrong_role: () => m.field_wrong_role(),
}

/** What went wrong, in the reader's language where we have it; never "something went wrong". */
export function problemWords(error: unknown): string {
  if (error instanceof ApiProblem) {
    const known = words[error.code]
    if (known) return known(error.params)
    if (error.message) return error.message
    return m.problem_status({ status: error.status })
  }
  if (error instanceof NotDownloaded) return m.ui_not_downloaded()
  return m.problem_desk({ detail: error instanceof Error ? error.message : String(error) })
}

function fieldWords(field: Problem['fields'][number]): string {
  return fieldCodes[field.code]?.({}) ?? field.detail
}
