import { useState } from 'react'
import { Button, type ButtonProps } from '@/ui/Button'
import { IconButton, type IconButtonProps } from '@/ui/IconButton'
import { useContextReader } from './context'
import { type Command, findCommand, isPossible, keysOf } from './registry'
import { runCommand } from './useCommand'

interface Props extends Omit<ButtonProps, 'icon' | 'shortcut' | 'children' | 'onPress'> {
  command: string
  /** Print the keys inside the button. */
  showKeys?: boolean
}

/** A button drawn from a command: its words, icon and keys. Not there when the command is impossible. */
export function CommandButton({ command: id, showKeys = false, ...rest }: Props) {
  const bound = useBound(id)
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

type IconProps = Omit<IconButtonProps, 'icon' | 'label' | 'shortcut' | 'onPress'> & { command: string }

export function CommandIconButton({ command: id, ...rest }: IconProps) {
  const bound = useBound(id)
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

function useBound(id: string): Bound | null {
  const read = useContextReader()
  const [isPending, setPending] = useState(false)
  const command = findCommand(id)
  const context = read()
  if (!command || !context || !isPossible(command, context)) return null
  return {
    command,
    label: command.label(context),
    isPending,
    run: () => {
      const current = read()
      if (!current) return
      setPending(true)
      void runCommand(command, current).finally(() => setPending(false))
    },
  }
}
