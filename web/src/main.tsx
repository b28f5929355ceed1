import './ui/tokens.css'
import './ui/base.css'
import { loadMessages, preferredLocale, speak } from './i18n'
import { applyTheme, storedTheme } from './lib/theme'

// Before anything is drawn, so that nothing flashes in another colour or language.
applyTheme(storedTheme())
const locale = preferredLocale()
speak(locale)

const [{ start }] = await Promise.all([import('./app'), loadMessages(locale)])
const root = document.getElementById('root')
if (root) start(root)
