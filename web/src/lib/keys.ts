// Shortcuts are written as "Alt+A", "Mod+K", "?", "Shift+ArrowDown"; Mod is ⌘ on a Mac and Ctrl elsewhere.

export const isMac = /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? '')

const marks: Record<string, string> = {
  Mod: isMac ? '⌘' : 'Ctrl',
  Alt: isMac ? '⌥' : 'Alt',
  Shift: '⇧',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
  Enter: '↵',
}

/** The parts as they are printed on the keys. */
export function keyParts(keys: string): string[] {
  return keys
    .split(' ')
    .flatMap(split)
    .map(part => marks[part] ?? part.toUpperCase())
}

/** The same for aria-keyshortcuts. */
export function ariaKeys(keys: string): string {
  return split(keys)
    .map(part => (part === 'Mod' ? (isMac ? 'Meta' : 'Control') : part))
    .join('+')
}

/** The canonical name of what was pressed, comparable with `normalKeys`. */
export function pressedKeys(event: KeyboardEvent): string {
  // On a Mac, Option+letter types another character; the physical key is what was meant.
  const letter = event.altKey && /^(Key[A-Z]|Digit\d)$/.test(event.code) ? event.code.slice(-1) : event.key
  // The Shift that makes "?" out of "/" is no part of the shortcut.
  const shift = event.shiftKey && (letter.length > 1 || /[a-z]/i.test(letter))
  const mod = isMac ? event.metaKey : event.ctrlKey
  return join(mod, event.altKey, shift, letter)
}

export function normalKeys(keys: string): string {
  const parts = split(keys)
  return join(parts.includes('Mod'), parts.includes('Alt'), parts.includes('Shift'), parts.at(-1) ?? '')
}

/** Whether these keys may act while somebody is writing. */
export function worksInText(keys: string): boolean {
  return /(^|\+)(Alt|Mod)\+/.test(keys)
}

/** Whether the event comes from a place where plain letters are text. */
export function isWriting(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target.tagName === 'TEXTAREA' || target.tagName === 'SELECT') return true
  return (
    target instanceof HTMLInputElement &&
    !['checkbox', 'radio', 'button', 'submit', 'range'].includes(target.type)
  )
}

function split(keys: string): string[] {
  return keys === '+' ? ['+'] : keys.split('+')
}

function join(mod: boolean, alt: boolean, shift: boolean, key: string): string {
  return [mod && 'Mod', alt && 'Alt', shift && 'Shift', key.length === 1 ? key.toLowerCase() : key]
    .filter(Boolean)
    .join('+')
}
