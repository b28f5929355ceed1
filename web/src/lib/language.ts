import { locale } from '@/i18n'

/** A language's name in the reader's own, such as "Italian" for `it` and "Portuguese (Brazil)" for `pt_BR`. */
export function languageName(code: string): string {
  try {
    const name = new Intl.DisplayNames([locale()], { type: 'language' }).of(code.replace('_', '-'))
    return name ? name.charAt(0).toLocaleUpperCase(locale()) + name.slice(1) : code
  } catch {
    return code
  }
}
