// The words on screen. Paraglide compiles messages/*.json to one typed module per locale; only the one that is
// spoken is downloaded. `m` is empty until `loadMessages` has run (main.tsx waits for it), so a message is always
// called inside a function, never at the top of a module.
import type * as Compiled from '../paraglide/messages/_index.js'

export type Messages = typeof Compiled

export const m = {} as Messages

export type Locale = 'en' | 'it'

export const locales: readonly Locale[] = ['en', 'it']

const modules: Record<Locale, () => Promise<object>> = {
  en: () => import('../paraglide/messages/en.js'),
  it: () => import('../paraglide/messages/it.js'),
}

export async function loadMessages(locale: Locale): Promise<void> {
  Object.assign(m, await modules[locale]())
}
