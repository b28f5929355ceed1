// What the customer would see with what has been filled in so far. The server composes it again when it is sent.
import type { Content, TemplateContent, TemplateVariant } from '@/api/types'

/** A template as it is shown: in the thread, in a preview, in the settings. */
export type ShownTemplate = Omit<Extract<Content, { type: 'template' }>, 'type'> & { body: string }

export type Values = Readonly<Record<string, string>>

const variable = /\{\{([A-Za-z0-9_.]+)\}\}/g

/** A text with its variables replaced; one without a value stays as it is written. */
export function filled(text: string, place: string, values: Values): string {
  return text.replace(variable, (whole, name: string) => values[`${place}:${name}`]?.trim() || whole)
}

export function previewOf(content: TemplateContent, values: Values): ShownTemplate {
  return {
    name: content.name,
    language: content.language,
    header: headerOf(content.header, values),
    body: filled(content.body, 'body', values),
    footer: content.footer,
    buttons: content.buttons.map((button, index) => {
      const value = values[`button:${index}`]?.trim()
      switch (button.type) {
        case 'url':
          return {
            type: 'url',
            text: button.text,
            value: { text: button.url.replace(variable, () => endOf(button.url, value ?? '') || '…') },
          }
        case 'copy_code':
          return { type: 'copy_code', text: button.text, value: { text: value || '…' } }
        case 'phone':
          return { type: 'phone', text: button.text, value: { text: button.number } }
        default:
          return { type: button.type, text: button.text, value: null }
      }
    }),
  }
}

/** What stands in place of an address's variable, where somebody gave the whole address. The server reads it so too. */
export function endOf(url: string, given: string): string {
  const [before = '', after = ''] = url.split(/\{\{.*?\}\}/)
  if (before === url || !given.startsWith(before)) return given
  const rest = given.slice(before.length)
  return rest.endsWith(after) ? rest.slice(0, rest.length - after.length) : rest
}

function headerOf(header: TemplateContent['header'], values: Values): ShownTemplate['header'] {
  if (!header) return null
  switch (header.type) {
    case 'location':
      return null
    case 'text':
      return { type: 'text', text: filled(header.text, 'header', values) }
    case 'file':
      return { type: 'media', kind: header.kind, link: header.link }
    default:
      return { type: 'media', kind: header.type, link: values['header:media']?.trim() || null }
  }
}

/** The slots that nothing is in yet. */
export function missing({ slots }: Pick<TemplateVariant, 'slots'>, values: Values): string[] {
  return slots.map(({ key }) => key).filter(key => !values[key]?.trim())
}
