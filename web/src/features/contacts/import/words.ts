import type {
  ContactImport,
  ImportDates,
  ImportDelimiter,
  ImportEncoding,
  ImportOnMatch,
  ImportOutcome,
  ImportPart,
} from '@/api/types'
import { m } from '@/i18n/admin'
import type { Tone } from '@/ui'
import type { MatchBy } from './mapping'

export const partWords: Record<ImportPart, () => string> = {
  first_name: () => m.import_part_first_name(),
  last_name: () => m.import_part_last_name(),
  name: () => m.import_part_name(),
  phone: () => m.import_part_phone(),
  mobile: () => m.import_part_mobile(),
  number: () => m.import_part_number(),
  email: () => m.import_part_email(),
  company: () => m.import_part_company(),
  address: () => m.import_part_address(),
  date_of_birth: () => m.import_part_date_of_birth(),
  description: () => m.import_part_description(),
  url: () => m.import_part_url(),
  language: () => m.import_part_language(),
  tags: () => m.import_part_tags(),
}

export const stateWords: Record<ContactImport['state'], () => string> = {
  uploaded: () => m.import_state_uploaded(),
  checking: () => m.import_state_checking(),
  checked: () => m.import_state_checked(),
  running: () => m.import_state_running(),
  stopped: () => m.import_state_stopped(),
  done: () => m.import_state_done(),
  failed: () => m.import_state_failed(),
  undoing: () => m.import_state_undoing(),
  undone: () => m.import_state_undone(),
}

export const stateTones: Record<ContactImport['state'], Tone> = {
  uploaded: 'muted',
  checking: 'accent',
  checked: 'accent',
  running: 'accent',
  stopped: 'warning',
  done: 'success',
  failed: 'danger',
  undoing: 'accent',
  undone: 'muted',
}

export const encodingWords: Record<ImportEncoding, () => string> = {
  'utf-8': () => 'Unicode (UTF-8)',
  'windows-1252': () => 'Windows-1252',
  'utf-16le': () => 'Unicode (UTF-16 LE)',
  'utf-16be': () => 'Unicode (UTF-16 BE)',
}

export const delimiterWords: Record<ImportDelimiter, () => string> = {
  comma: () => m.import_delimiter_comma(),
  semicolon: () => m.import_delimiter_semicolon(),
  tab: () => m.import_delimiter_tab(),
  bar: () => m.import_delimiter_bar(),
}

export const dateWords: Record<ImportDates, () => string> = {
  day_first: () => m.import_dates_day_first(),
  month_first: () => m.import_dates_month_first(),
}

export const matchWords: Record<MatchBy, () => string> = {
  phone: () => m.import_match_phone(),
  email: () => m.import_match_email(),
  name: () => m.import_match_name(),
}

export const onMatchWords: Record<ImportOnMatch, { label: () => string; description: () => string }> = {
  skip: { label: () => m.import_skip(), description: () => m.import_skip_help() },
  fill: { label: () => m.import_fill(), description: () => m.import_fill_help() },
  update: { label: () => m.import_update(), description: () => m.import_update_help() },
}

export const outcomes = ['invalid', 'duplicate', 'updated', 'new'] as const satisfies readonly ImportOutcome[]

export const outcomeWords: Record<ImportOutcome, () => string> = {
  new: () => m.import_outcome_new(),
  updated: () => m.import_outcome_updated(),
  duplicate: () => m.import_outcome_duplicate(),
  invalid: () => m.import_outcome_invalid(),
}

export function countOf(one: ContactImport, outcome: ImportOutcome): number {
  switch (outcome) {
    case 'new':
      return one.made
    case 'updated':
      return one.updated
    case 'duplicate':
      return one.duplicates
    case 'invalid':
      return one.invalid
  }
}

/** What is wrong with a row or one of its cells; the server's own words where there are none. */
export function reasonWords({ code, detail }: { code: string; detail: string }): string {
  switch (code) {
    case 'in_list':
      return m.import_reason_in_list()
    case 'in_file':
      return m.import_reason_in_file({ row: detail.replace(/\D/g, '') })
    case 'empty':
      return m.import_reason_empty()
    case 'columns':
      return m.import_reason_columns()
    default:
      return detail
  }
}
