import { type Locale, locales } from './messages'

const key = 'pronto.locale'

let current: Locale = 'en'

/** The locale that is spoken now; for Intl. */
export function locale(): Locale {
  return current
}

/** The same as the browser's own region writes it, so that 17:30 is not 5:30 PM to a Londoner; for times and numbers. */
export function region(): string {
  return navigator.languages.find(tag => tag.split('-')[0] === current) ?? current
}

/** What was chosen on this browser, else the browser's own first language that we speak. */
export function preferredLocale(): Locale {
  const wanted = [localStorage.getItem(key) ?? '', ...navigator.languages]
  for (const tag of wanted) {
    const language = tag.split('-')[0]
    const found = locales.find(known => known === language)
    if (found) return found
  }
  return 'en'
}

export function speak(now: Locale): void {
  current = now
  document.documentElement.lang = now
}

/** Remember the choice for the next start; null goes back to the browser's. Answers whether a reload is due. */
export function rememberLocale(choice: string | null): boolean {
  const known = locales.find(one => one === choice)
  if (known) localStorage.setItem(key, known)
  else localStorage.removeItem(key)
  return preferredLocale() !== current
}

/** The name of a language in itself: "Italiano". */
export function languageName(of: Locale): string {
  const name = new Intl.DisplayNames([of], { type: 'language' }).of(of) ?? of
  return name.charAt(0).toLocaleUpperCase(of) + name.slice(1)
}
