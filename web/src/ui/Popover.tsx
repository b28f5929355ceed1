import type { ReactElement, ReactNode } from 'react'
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog'
import { Popover as AriaPopover, type PopoverProps as AriaProps } from 'react-aria-components/Popover'
import { cx } from './cx'
import styles from './Overlay.module.css'

interface Props extends Pick<AriaProps, 'placement' | 'isOpen' | 'onOpenChange' | 'triggerRef'> {
  label: string
  /** The button that opens it; without one, give `isOpen`, `onOpenChange` and `triggerRef`. */
  trigger?: ReactElement
  className?: string
  children: ReactNode | ((close: () => void) => ReactNode)
}

export function Popover({ label, trigger, className, children, isOpen, onOpenChange, ...rest }: Props) {
  const popover = (
    <AriaPopover
      {...rest}
      {...(trigger ? {} : { isOpen: isOpen ?? false, onOpenChange })}
      className={cx(styles.popover, styles.padded, className)}
      offset={4}
    >
      <Dialog aria-label={label} style={{ outline: 'none' }}>
        {({ close }) => (typeof children === 'function' ? children(close) : children)}
      </Dialog>
    </AriaPopover>
  )
  if (!trigger) return popover
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={onOpenChange}>
      {trigger}
      {popover}
    </DialogTrigger>
  )
}
