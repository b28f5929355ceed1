// A template while it is written. Pure: the form, the preview and the request are all made of it.
import type { TemplateContent, TemplateVariant } from '@/api/types'
import type { Values } from '@/features/templates/fill'
import { renamed, variablesOf } from './variables'

export type HeaderKind = 'none' | 'text' | 'image' | 'video' | 'document'
export type ButtonKind = 'quick_reply' | 'url' | 'phone' | 'copy_code'

/** A button with everything it may need; what its kind does not use stays for when it changes back. */
export interface DraftButton {
  /** Of this form alone: what keeps its fields together when buttons change places. */
  id: number
  kind: ButtonKind
  text: string
  url: string
  number: string
  /** What stands for the end of its address, or the code, while it is reviewed. */
  sample: string
}

export interface TemplateForm {
  name: string
  language: string
  category: 'marketing' | 'utility'
  allow_category_change: boolean
  named: boolean
  header: HeaderKind
  header_text: string
  body: string
  footer: string
  buttons: DraftButton[]
  /** Of header and body, by slot. A variable that is taken out and put back has kept its own. */
  samples: Record<string, string>
}

export const blank = (language: string): TemplateForm => ({
  name: '',
  language,
  category: 'utility',
  allow_category_change: true,
  named: false,
  header: 'none',
  header_text: '',
  body: '',
  footer: '',
  buttons: [],
  samples: {},
})

export function formOf({ content, category, samples }: TemplateVariant): TemplateForm {
  const { header } = content
  const button = (index: number, part: Partial<DraftButton>): DraftButton => ({
    id: index,
    kind: 'quick_reply',
    text: '',
    url: '',
    number: '',
    sample: samples[`button:${index}`] ?? '',
    ...part,
  })
  return {
    ...blank(content.language),
    name: content.name,
    category: category === 'marketing' ? 'marketing' : 'utility',
    named: content.named,
    header: header === null || header.type === 'location' || header.type === 'file' ? 'none' : header.type,
    header_text: header?.type === 'text' ? header.text : '',
    body: content.body,
    footer: content.footer ?? '',
    buttons: content.buttons.map((one, index) => {
      switch (one.type) {
        case 'url':
          return button(index, { kind: 'url', text: one.text, url: one.url })
        case 'phone':
          return button(index, { kind: 'phone', text: one.text, number: one.number })
        case 'copy_code':
          return button(index, { kind: 'copy_code' })
        default:
          return button(index, { text: one.text })
      }
    }),
    samples: Object.fromEntries(Object.entries(samples).filter(([key]) => !key.startsWith('button:'))),
  }
}

/** What the provider will have. */
export function contentOf(form: TemplateForm, codeWords: string): TemplateContent {
  return {
    name: form.name,
    language: form.language,
    named: form.named,
    header:
      form.header === 'none'
        ? null
        : form.header === 'text'
          ? { type: 'text', text: form.header_text }
          : { type: form.header },
    body: form.body,
    footer: form.footer.trim() === '' ? null : form.footer,
    buttons: form.buttons.map(({ kind, text, url, number }) => {
      switch (kind) {
        case 'url':
          return { type: 'url', text, url: url.trim() }
        case 'phone':
          return { type: 'phone', text, number: number.trim() }
        case 'copy_code':
          // Its words are WhatsApp's own, in the customer's language.
          return { type: 'copy_code', text: codeWords }
        default:
          return { type: 'quick_reply', text }
      }
    }),
    beyond: null,
  }
}

export interface Place {
  /** `header:1`, `body:name`. */
  key: string
  place: 'header' | 'body'
  name: string
}

/** The variables of header and body that need a sample. */
export function placesOf(form: TemplateForm): Place[] {
  const of = (place: 'header' | 'body', text: string): Place[] =>
    variablesOf(text).map(name => ({ key: `${place}:${name}`, place, name }))
  return [...(form.header === 'text' ? of('header', form.header_text) : []), ...of('body', form.body)]
}

/** Variables with names instead of numbers, or the other way round, wherever they stand; their samples go along. */
export function withNames(form: TemplateForm, named: boolean): Partial<TemplateForm> {
  const namesOf = (place: Place['place'], text: string) => {
    const stem = place === 'header' ? 'header' : 'name'
    const of = (index: number) => (named ? `${stem}_${index + 1}` : String(index + 1))
    return new Map(variablesOf(text).map((name, index) => [name, of(index)]))
  }
  const names = { header: namesOf('header', form.header_text), body: namesOf('body', form.body) }
  const samples = Object.entries(form.samples).map(([key, sample]) => {
    const [place, name = ''] = key.split(':')
    const other = place === 'header' || place === 'body' ? names[place].get(name) : undefined
    return [other === undefined ? key : `${place}:${other}`, sample] as const
  })
  return {
    named,
    header_text: renamed(form.header_text, names.header),
    body: renamed(form.body, names.body),
    samples: Object.fromEntries(samples),
  }
}

/** Whether a button needs a sample: an address with a variable, or a code. */
export function needsSample({ kind, url }: DraftButton): boolean {
  return kind === 'copy_code' || (kind === 'url' && variablesOf(url).length > 0)
}

/** The samples of what is there, by slot: of a preview, and of the request. */
export function samplesOf(form: TemplateForm): Values {
  const texts = placesOf(form).map(({ key }) => [key, form.samples[key] ?? ''] as const)
  const buttons = form.buttons.flatMap((button, index) =>
    needsSample(button) ? [[`button:${index}`, button.sample] as const] : [],
  )
  return Object.fromEntries([...texts, ...buttons])
}

export interface DraftBody extends Omit<TemplateContent, 'beyond'> {
  category: string
  allow_category_change: boolean
  samples: Values
  sample_upload_id: string | null
  version: number | null
}

/** What the server is told. `version` is that of the variant which is changed. */
export function bodyOf(form: TemplateForm, upload: string | null, version: number | null): DraftBody {
  const { beyond: _, ...content } = contentOf(form, 'Copy code')
  return {
    ...content,
    category: form.category,
    allow_category_change: form.allow_category_change,
    samples: samplesOf(form),
    sample_upload_id: upload,
    version,
  }
}

/** A name as WhatsApp takes it: `Order shipped!` becomes `order_shipped`. What ends in a blank ends in `_` while one types. */
export function asName(typed: string): string {
  return typed
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+/, '')
}

/** A field by what its button is, wherever that stands: `buttons[0].text` is `buttons#3.text`. */
export function fieldKey(buttons: readonly DraftButton[], field: string): string {
  const place = (text: string) => `#${buttons[Number(text)]?.id ?? text}`
  return field
    .replace(/^buttons\[(\d+)\]/, (_, index: string) => `buttons${place(index)}`)
    .replace(/^samples\.button:(\d+)$/, (_, index: string) => `samples.button${place(index)}`)
}

const limits: Record<ButtonKind, number> = { quick_reply: 10, url: 2, phone: 1, copy_code: 1 }

/** Whether there is room for another button of this kind. */
export function hasRoom(buttons: readonly DraftButton[], kind: ButtonKind): boolean {
  return buttons.length < 10 && buttons.filter(one => one.kind === kind).length < limits[kind]
}

/** With one more: quick replies stand together, so it goes beside its kind. */
export function withButton(buttons: readonly DraftButton[], kind: ButtonKind): DraftButton[] {
  const id = Math.max(-1, ...buttons.map(one => one.id)) + 1
  const made: DraftButton = { id, kind, text: '', url: '', number: '', sample: '' }
  const last = buttons.findLastIndex(one => (one.kind === 'quick_reply') === (kind === 'quick_reply'))
  return last < 0 ? [...buttons, made] : buttons.toSpliced(last + 1, 0, made)
}
