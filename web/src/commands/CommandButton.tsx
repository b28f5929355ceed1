import { useState } from 'react'
// Brings what a button can be about.
import type {} from '@/features/interactions/handle'
import { Button, type ButtonProps } from '@/ui/Button'
import { IconButton, type IconButtonProps } from '@/ui/IconButton'
import { useContextReader } from './context'
import { type Command, type Context, findCommand, isPossible, keysOf } from './registry'
import { runCommand } from './useCommand'

interface Props extends Omit<ButtonProps, 'icon' | 'shortcut' | 'children' | 'onPress'> {
  command: string
  /** Print the keys inside the button. */
  showKeys?: boolean
  about?: About
}

/** What of the context this button goes by, whatever else is on screen. */
type About = Partial<Pick<Context, 'openInteractionId'>>

/** A button drawn from a command: its words, icon and keys. Not there when the command is impossible. */
export function CommandButton({ command: id, showKeys = false, about, ...rest }: Props) {
  const bound = useBound(id, about)
  if (!bound) return null
  const { command, label, isPending, run } = bound
  return (
    <Button
      {...rest}
      {...(command.icon ? { icon: command.icon } : {})}
      shortcut={showKeys ? keysOf(command)[0] : undefined}
      isPending={isPending}
      onPress={run}
    >
      {label}
    </Button>
  )
}

type IconProps = Omit<IconButtonProps, 'icon' | 'label' | 'shortcut' | 'onPress'> & {
  command: string
  about?: About
}

export function CommandIconButton({ command: id, about, ...rest }: IconProps) {
  const bound = useBound(id, about)
  if (!bound?.command.icon) return null
  const { command, label, isPending, run } = bound
  return (
    <IconButton
      {...rest}
      icon={command.icon as IconButtonProps['icon']}
      label={label}
      shortcut={keysOf(command)[0]}
      isPending={isPending}
      onPress={run}
    />
  )
}

interface Bound {
  command: Command
  label: string
  isPending: boolean
  run: () => void
}

function useBound(id: string, about?: About): Bound | null {
  const read = useContextReader()
  const [isPending, setPending] = useState(false)
  const command = findCommand(id)
  const held = read()
  const context = held && Object.assign(held, about)
  if (!command || !context || !isPossible(command, context)) return null
  return {
    command,
    label: command.label(context),
    isPending,
    run: () => {
      const current = read()
      if (!current) return
      setPending(true)
      void runCommand(command, Object.assign(current, about)).finally(() => setPending(false))
    },
  }
}
