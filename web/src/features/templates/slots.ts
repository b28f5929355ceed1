// What the places of a template are called that are filled in, and what stands around them.
import type { TemplateVariant } from '@/api/types'
import { m } from '@/i18n/pages'

type Content = Pick<TemplateVariant, 'content'>

/** Where it stands, and its name or number. */
export function slotLabel({ content }: Content, key: string): string {
  const [place, name = ''] = key.split(':')
  if (key === 'header:media') {
    if (content.header?.type === 'image') return m.templates_slot_image()
    return content.header?.type === 'video' ? m.templates_slot_video() : m.templates_slot_document()
  }
  const isNumber = /^\d+$/.test(name)
  const words = name.replaceAll('_', ' ')
  if (place === 'header') {
    return isNumber
      ? m.templates_slot_header_number({ number: name })
      : m.templates_slot_header({ name: words })
  }
  if (place === 'body') {
    return isNumber ? m.templates_slot_body_number({ number: name }) : m.templates_slot_body({ name: words })
  }
  return m.templates_slot_button({ name: content.buttons[Number(name)]?.text ?? name })
}

/** What may stand there; of a text, the words around it. */
export function slotHelp(variant: Content, slot: TemplateVariant['slots'][number]): string | undefined {
  if (slot.kind === 'media') return m.templates_slot_media_help()
  if (slot.kind === 'suffix') return m.templates_slot_suffix_help()
  if (slot.kind === 'code') return m.templates_slot_code_help()
  const [place, name = ''] = slot.key.split(':')
  const { header, body } = variant.content
  const text = place === 'body' ? body : header?.type === 'text' ? header.text : ''
  const words = around(text, name)
  return words && m.templates_slot_around({ words })
}

const near = 24

/** The words on both sides of a place, in one line. */
export function around(text: string, name: string): string | undefined {
  const place = [...text.matchAll(/\{\{\s*([^{}]*?)\s*\}\}/g)].find(found => found[1] === name)
  if (!place) return undefined
  const plain = (part: string) => part.replace(/\{\{[^}]*\}\}/g, '…').replace(/\s+/g, ' ')
  const before = plain(text.slice(0, place.index))
  const after = plain(text.slice(place.index + place[0].length))
  const start = before.length > near ? `…${before.slice(-near).replace(/^\S*\s/, '')}` : before
  const end = after.length > near ? `${after.slice(0, near).replace(/\s\S*$/, '')}…` : after
  return start.trim() || end.trim() ? `${start}___${end}`.trim() : undefined
}
