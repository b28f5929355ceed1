// The words of the settings and the ledger, apart from all others because agents never read them. Importing this
// module waits for them, so a page that words itself from here is shown once they are there.
import type * as Compiled from '../paraglide-admin/messages/_index.js'
import { locale } from './locale'
import { m as common, type Locale } from './messages'

const modules: Record<Locale, () => Promise<object>> = {
  en: () => import('../paraglide-admin/messages/en.js'),
  it: () => import('../paraglide-admin/messages/it.js'),
}

/** The common words too: the object is the same. */
export const m = Object.assign(common, await modules[locale()]()) as typeof common & typeof Compiled
