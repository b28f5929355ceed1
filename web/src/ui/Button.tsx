import type { LucideIcon } from 'lucide-react'
import type { ReactNode, Ref } from 'react'
import { Button as AriaButton, type ButtonProps as AriaProps } from 'react-aria-components/Button'
import styles from './Button.module.css'
import { cx } from './cx'
import { Kbd } from './Kbd'
import { Spinner } from './Spinner'

export interface ButtonProps extends Omit<AriaProps, 'className' | 'style' | 'children'> {
  /** One primary on a screen; `danger` for what cannot be undone; `quiet` for what is secondary. */
  variant?: 'primary' | 'normal' | 'quiet' | 'danger'
  size?: 'normal' | 'small' | 'large'
  icon?: LucideIcon
  /** Shown behind the words, e.g. "Alt+A". */
  shortcut?: string | undefined
  wide?: boolean
  className?: string
  children: ReactNode
  ref?: Ref<HTMLButtonElement>
}

export function Button({
  variant = 'normal',
  size = 'normal',
  icon: Icon,
  shortcut,
  wide,
  className,
  children,
  ...rest
}: ButtonProps) {
  return (
    <AriaButton
      {...rest}
      className={cx(
        styles.button,
        styles[variant],
        size !== 'normal' && styles[size],
        wide && styles.wide,
        className,
      )}
    >
      {({ isPending }) => (
        <>
          {isPending ? (
            <Spinner size={16} />
          ) : (
            Icon && <Icon size={16} strokeWidth={1.75} aria-hidden="true" />
          )}
          <span className={styles.words}>{children}</span>
          {shortcut && (
            <span className={styles.shortcut}>
              <Kbd keys={shortcut} />
            </span>
          )}
        </>
      )}
    </AriaButton>
  )
}
