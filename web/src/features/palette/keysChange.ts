// Changing the keys of commands: what is pressed, whom it belongs to, and what may not be had.
import { type Command, changeKeys, commands, keysOf, normalSequence, overlap } from '@/commands/registry'

const reserved = /^(Shift\+)?(Tab|Enter|Escape| |Arrow\w+|Home|End|PageUp|PageDown|F5|F11|F12)$/
const browsers = /^Mod\+(Shift\+)?(c|v|x|z|y|a|t|w|n|r|l|p|f)$/

/** Keys that a page should not have: moving about, the clipboard, the browser's own windows. */
export function isReserved(keys: string): boolean {
  return keys.split(' ').some(one => reserved.test(one) || (browsers.test(one) && one !== 'Mod+Shift+x'))
}

/** The command that these keys would be taken from: the same keys, or the beginning of a sequence of them. */
export function holderOf(keys: string, of: Command): Command | undefined {
  const wanted = normalSequence(keys)
  return commands.find(
    other =>
      other.id !== of.id &&
      overlap(other.scope, of.scope) &&
      keysOf(other).some(held => {
        const their = normalSequence(held)
        return their === wanted || their.startsWith(`${wanted} `) || wanted.startsWith(`${their} `)
      }),
  )
}

/** Puts `next` where `old` was; with no `old` it is one more, with no `next` one less. */
export function replaceKeys(command: Command, old: string | null, next: string | null): void {
  const held = keysOf(command)
  const rest = next === null ? held : held.filter(keys => keys === old || normalSequence(keys) !== next)
  if (old === null) changeKeys(command.id, next === null ? rest : [...rest, next])
  else
    changeKeys(
      command.id,
      rest.flatMap(keys => (keys === old ? (next === null ? [] : [next]) : [keys])),
    )
}

/** From another command to this one. */
export function moveKeys(from: Command, to: Command, old: string | null, next: string): void {
  const wanted = normalSequence(next)
  const left = keysOf(from).filter(held => {
    const their = normalSequence(held)
    return their !== wanted && !their.startsWith(`${wanted} `) && !wanted.startsWith(`${their} `)
  })
  changeKeys(from.id, left)
  replaceKeys(to, old, next)
}

export function isChanged({ id, keys = [] }: Command): boolean {
  const command = commands.find(one => one.id === id)
  return command !== undefined && keysOf(command).join() !== keys.join()
}

export function resetAll(): void {
  for (const { id } of commands) changeKeys(id, null)
}
