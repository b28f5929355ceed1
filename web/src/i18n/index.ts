export { languageName, locale, preferredLocale, region, rememberLocale, speak } from './locale'
export { type Locale, loadMessages, locales, m } from './messages'
