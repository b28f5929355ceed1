// The words of what one sees after the list: a conversation, the dashboard, the frame's dialogs. Apart from those of
// the first screen, which would wait for them. Importing this module waits until they are there.
import type * as Compiled from '../paraglide-pages/messages/_index.js'
import { locale } from './locale'
import { m as common, type Locale } from './messages'

const modules: Record<Locale, () => Promise<object>> = {
  en: () => import('../paraglide-pages/messages/en.js'),
  it: () => import('../paraglide-pages/messages/it.js'),
}

/** The common words too: the object is the same. */
export const m = Object.assign(common, await modules[locale()]()) as typeof common & typeof Compiled
