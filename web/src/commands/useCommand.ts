import { useCallback } from 'react'
import { problemWords } from '@/api/problem'
import { toast } from '@/ui/toasts'
import { useContextReader } from './context'
import { type Command, type Context, findCommand, isPossible } from './registry'

/** Runs a command by its id, from a button or a menu: `const run = useRun(); run('offer.accept')`. */
export function useRun(): (id: string) => void {
  const read = useContextReader()
  return useCallback(
    (id: string) => {
      const command = findCommand(id)
      const context = read()
      if (command && context && isPossible(command, context)) void runCommand(command, context)
    },
    [read],
  )
}

/** Failures that a command does not word itself are said in a toast. */
export async function runCommand(command: Command, context: Context): Promise<void> {
  try {
    await command.run(context)
  } catch (error) {
    toast(problemWords(error), { tone: 'danger' })
  }
}
