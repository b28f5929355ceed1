// WhatsApp's rules in words, by the code the server names a broken one with.
import { ApiProblem } from '@/api/problem'
import type { Problem } from '@/api/types'
import { m } from '@/i18n/admin'

type Field = Problem['fields'][number]

export const rules: Record<string, () => string> = {
  required: () => m.field_required(),
  too_long: () => m.field_too_long(),
  format: () => m.template_rule_format(),
  control: () => m.template_rule_control(),
  unknown: () => m.field_unknown(),
  taken: () => m.template_rule_taken(),
  name_letters: () => m.template_rule_name_letters(),
  category_fixed: () => m.template_rule_category_fixed(),
  header_plain: () => m.template_rule_header_plain(),
  variable_at_edge: () => m.template_rule_variable_at_edge(),
  variables_adjacent: () => m.template_rule_variables_adjacent(),
  variables_too_many: () => m.template_rule_variables_too_many(),
  variables_numbering: () => m.template_rule_variables_numbering(),
  variables_names: () => m.template_rule_variables_names(),
  variables_braces: () => m.template_rule_variables_braces(),
  variables_one: () => m.template_rule_variables_one(),
  variable_not_allowed: () => m.template_rule_variable_not_allowed(),
  variable_not_at_end: () => m.template_rule_variable_not_at_end(),
  buttons_too_many: () => m.template_rule_buttons_too_many(),
  buttons_scattered: () => m.template_rule_buttons_scattered(),
  buttons_urls: () => m.template_rule_buttons_urls(),
  buttons_phones: () => m.template_rule_buttons_phones(),
  buttons_codes: () => m.template_rule_buttons_codes(),
  buttons_alike: () => m.template_rule_buttons_alike(),
  not_made_here: () => m.template_rule_not_made_here(),
  not_a_link: () => m.template_rule_not_a_link(),
  not_a_number: () => m.template_rule_not_a_number(),
  sample_type: () => m.template_rule_sample_type(),
  no_app_id: () => m.template_rule_no_app_id(),
}

/** The words by field; a code of a newer server shows its own English. */
export function wordsOf(fields: readonly Field[]): Record<string, string> {
  return Object.fromEntries(fields.map(field => [field.name, rules[field.code]?.() ?? field.detail]))
}

/** What words that are still being written break as a matter of course: it is told once their field was left. */
const unfinished: ReadonlySet<string> = new Set([
  'required',
  'variable_at_edge',
  'variables_too_many',
  'variables_braces',
  'variable_not_at_end',
  'not_a_link',
  'not_a_number',
])

export function isPatient({ code }: Field): boolean {
  return unfinished.has(code)
}

export function fieldsOf(error: unknown): readonly Field[] {
  return error instanceof ApiProblem ? error.fields : []
}
