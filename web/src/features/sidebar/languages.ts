import { locale } from '@/i18n'

// The languages WhatsApp's templates know, without their countries.
const codes =
  'af sq ar az bn bg ca zh hr cs da nl en et fil fi fr ka de el gu ha he hi hu id ga it ja kn kk rw ko ky lo lv lt mk ms ml mr nb fa pl pt pa ro ru sr sk sl es sw sv ta te th tr uk ur uz vi zu'.split(
    ' ',
  )

/** All of them by their names, and one that is none of them where a contact has it. */
export function languages(held: string | null): { id: string; label: string }[] {
  return [...new Set([...codes, ...(held ? [held] : [])])]
    .map(id => ({ id, label: languageWords(id) }))
    .sort((a, b) => a.label.localeCompare(b.label, locale()))
}

let names: Intl.DisplayNames | undefined

export function languageWords(code: string): string {
  names ??= new Intl.DisplayNames([locale()], { type: 'language' })
  try {
    const name = names.of(code.replace('_', '-')) ?? code
    return name.charAt(0).toLocaleUpperCase(locale()) + name.slice(1)
  } catch {
    return code
  }
}
