import { locale } from '@/i18n'
import { m } from '@/i18n/pages'
import type { FileKind, Picked, TooLarge } from './picked'

/** A limit as it is set: 5 MB, 500 KB. */
export function limitWords(bytes: number): string {
  const mega = bytes / (1024 * 1024)
  const [value, unit] = mega >= 1 ? [mega, 'MB'] : [bytes / 1024, 'KB']
  return `${value.toLocaleString(locale(), { maximumFractionDigits: 1 })} ${unit}`
}

export function tooLargeWords(
  { name, kind }: Pick<Picked, 'name' | 'kind'>,
  { limit, whose }: TooLarge,
): string {
  const words = limitWords(limit)
  return whose === 'desk'
    ? m.composer_file_too_large_desk({ name, limit: words })
    : m.composer_file_too_large_whatsapp({ name, kind: kindsWords(kind), limit: words })
}

function kindsWords(kind: FileKind): string {
  switch (kind) {
    case 'image':
      return m.composer_kinds_image()
    case 'video':
      return m.composer_kinds_video()
    case 'audio':
    case 'voice':
      return m.composer_kinds_audio()
    case 'sticker':
      return m.composer_kinds_sticker()
    case 'document':
      return m.composer_kinds_document()
  }
}
