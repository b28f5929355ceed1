// A command is a value: buttons, menus, the palette, shortcuts and the sheet of shortcuts are all drawn from it.
// Each feature lists its own in features/<name>/commands.ts; they are gathered here.
import type { QueryClient } from '@tanstack/react-query'
import type { LucideIcon } from 'lucide-react'
import type { Session } from '@/api/types'
import { normalKeys, worksInText } from '@/lib/keys'

/** Where a command can be met. Those of one screen overlap: the list and the conversation are seen together. */
export type Scope =
  | 'everywhere'
  | 'dashboard'
  | 'interactions'
  | 'conversation'
  | 'contacts'
  | 'ledger'
  | 'settings'

/**
 * What commands decide by. A feature adds its own part by declaration merging and provides it with `useProvide`:
 * `declare module '@/commands/registry' { interface Context { offer?: Offer } }`
 */
export interface Context {
  scopes: ReadonlySet<Scope>
  session: Session
  client: QueryClient
  navigate: (to: string) => void
}

export interface Command {
  /** `feature.verb`, e.g. "offer.accept". */
  id: string
  label: (context: Context) => string
  /** The heading it stands under in the palette and the sheet. */
  group: () => string
  icon?: LucideIcon
  /**
   * "A", "Alt+A", "Mod+K", "?"; two after one another with a space: "G D". The first is the one that is shown.
   * Keys without Alt or Mod rest while somebody writes.
   */
  keys?: readonly string[]
  scope: Scope
  when?: (context: Context) => boolean
  /** Whether this person has it at all, on whatever screen: else the sheet of shortcuts leaves it out. */
  mayEver?: (context: Context) => boolean
  /** Other words one may look for it by. */
  words?: () => string
  run: (context: Context) => unknown
  /** Not in the palette: it makes no sense without its place. */
  isHidden?: boolean
}

const files = import.meta.glob<{ commands: Command[] }>('../features/*/commands.ts', { eager: true })

export const commands: readonly Command[] = Object.values(files).flatMap(file => file.commands)

export function findCommand(id: string): Command | undefined {
  return commands.find(command => command.id === id)
}

export function isPossible(command: Command, context: Context): boolean {
  return (
    context.scopes.has(command.scope) &&
    command.mayEver?.(context) !== false &&
    (command.when?.(context) ?? true)
  )
}

/** The person's own keys, where they were changed. */
export function keysOf(command: Command): readonly string[] {
  return ownKeys()[command.id] ?? command.keys ?? []
}

export function changeKeys(id: string, keys: readonly string[] | null): void {
  const { [id]: _, ...rest } = ownKeys()
  localStorage.setItem(storage, JSON.stringify(keys ? { ...rest, [id]: keys } : rest))
  own = undefined
}

/** The keys to print on a button or in its tooltip. */
export function shortcutOf(id: string): string | undefined {
  const command = findCommand(id)
  return command && keysOf(command)[0]
}

/** The command for what was pressed, `sequence` being "g d" or "alt+a" in normal form. */
export function commandFor(sequence: string, context: Context, isWriting: boolean): Command | undefined {
  return commands.find(
    command =>
      keysOf(command).some(keys => normalSequence(keys) === sequence && (!isWriting || worksInText(keys))) &&
      isPossible(command, context),
  )
}

/** Whether some sequence goes on after this key. */
export function startsSequence(pressed: string): boolean {
  return commands.some(command =>
    keysOf(command).some(keys => normalSequence(keys).startsWith(`${pressed} `)),
  )
}

export function normalSequence(keys: string): string {
  return keys.split(' ').map(normalKeys).join(' ')
}

/** Whether two commands could be asked for on one screen. */
export function overlap(one: Scope, other: Scope): boolean {
  const seenTogether: readonly Scope[] = ['interactions', 'conversation']
  return (
    one === other ||
    one === 'everywhere' ||
    other === 'everywhere' ||
    (seenTogether.includes(one) && seenTogether.includes(other))
  )
}

const storage = 'pronto.keys'
let own: Record<string, readonly string[]> | undefined

function ownKeys(): Record<string, readonly string[]> {
  if (!own) {
    try {
      own = JSON.parse(localStorage.getItem(storage) ?? '{}') as Record<string, readonly string[]>
    } catch {
      own = {}
    }
  }
  return own
}
