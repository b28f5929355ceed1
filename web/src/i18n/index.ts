export { languageName, locale, preferredLocale, rememberLocale, speak } from './locale'
export { type Locale, loadMessages, locales, m } from './messages'
