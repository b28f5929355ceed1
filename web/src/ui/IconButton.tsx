import type { LucideIcon } from 'lucide-react'
import type { Ref } from 'react'
import { Button, type ButtonProps } from 'react-aria-components/Button'
import { cx } from './cx'
import styles from './IconButton.module.css'
import { type TipPlacement, tip } from './Tooltip'

export interface IconButtonProps extends Omit<ButtonProps, 'className' | 'style' | 'children'> {
  icon: LucideIcon
  /** Its accessible name and its tooltip. */
  label: string
  shortcut?: string | undefined
  /** The command whose keys its tooltip prints. */
  command?: string | undefined
  size?: 'normal' | 'small' | 'large'
  variant?: 'quiet' | 'accent' | 'danger'
  /** For toggles: drawn pressed. */
  isOn?: boolean | undefined
  placement?: TipPlacement | undefined
  className?: string | undefined
  ref?: Ref<HTMLButtonElement>
}

export function IconButton({
  icon: Icon,
  label,
  shortcut,
  command,
  size = 'normal',
  variant = 'quiet',
  isOn,
  placement,
  className,
  ...rest
}: IconButtonProps) {
  return (
    <Button
      {...rest}
      {...tip({ words: label, shortcut, command, placement })}
      aria-label={label}
      aria-pressed={isOn}
      className={cx(styles.button, styles[size], styles[variant], isOn && styles.on, className)}
    >
      <Icon size={size === 'small' ? 16 : 20} strokeWidth={1.75} aria-hidden="true" />
    </Button>
  )
}
