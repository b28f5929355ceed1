// The words of the settings and the ledger, apart from all others because agents never read them. Importing this
// module waits for them, so a page that words itself from here is shown once they are there.
import type * as Compiled from '../paraglide-admin/messages/_index.js'
import { locale } from './locale'
import type { Locale } from './messages'
import { m as pages } from './pages'

const modules: Record<Locale, () => Promise<object>> = {
  en: () => import('../paraglide-admin/messages/en.js'),
  it: () => import('../paraglide-admin/messages/it.js'),
}

/** The words of all other screens too: the object is the same. */
export const m = Object.assign(pages, await modules[locale()]()) as typeof pages & typeof Compiled
