import type { LucideIcon } from 'lucide-react'
import type { Ref } from 'react'
import { Button, type ButtonProps } from 'react-aria-components/Button'
import type { TooltipProps } from 'react-aria-components/Tooltip'
import { cx } from './cx'
import styles from './IconButton.module.css'
import { Tooltip } from './Tooltip'

export interface IconButtonProps extends Omit<ButtonProps, 'className' | 'style' | 'children'> {
  icon: LucideIcon
  /** Its accessible name and its tooltip. */
  label: string
  shortcut?: string | undefined
  size?: 'normal' | 'small' | 'large'
  variant?: 'quiet' | 'accent' | 'danger'
  /** For toggles: drawn pressed. */
  isOn?: boolean | undefined
  placement?: TooltipProps['placement']
  className?: string | undefined
  ref?: Ref<HTMLButtonElement>
}

export function IconButton({
  icon: Icon,
  label,
  shortcut,
  size = 'normal',
  variant = 'quiet',
  isOn,
  placement,
  className,
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip words={label} shortcut={shortcut} placement={placement}>
      <Button
        {...rest}
        aria-label={label}
        aria-pressed={isOn}
        className={cx(styles.button, styles[size], styles[variant], isOn && styles.on, className)}
      >
        <Icon size={size === 'small' ? 16 : 20} strokeWidth={1.75} aria-hidden="true" />
      </Button>
    </Tooltip>
  )
}
