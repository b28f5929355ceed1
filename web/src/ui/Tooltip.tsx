import type { ReactNode } from 'react'
import { Tooltip as AriaTooltip, type TooltipProps, TooltipTrigger } from 'react-aria-components/Tooltip'
import { Kbd } from './Kbd'
import styles from './Tooltip.module.css'

interface Props {
  /** What it says; the thing under it needs its own accessible name. */
  words: ReactNode
  shortcut?: string | undefined
  placement?: TooltipProps['placement']
  /** One focusable React Aria element. */
  children: ReactNode
}

export function Tooltip({ words, shortcut, placement = 'bottom', children }: Props) {
  return (
    <TooltipTrigger delay={500} closeDelay={60}>
      {children}
      <AriaTooltip className={styles.tooltip ?? ''} placement={placement} offset={6}>
        {words}
        {shortcut && <Kbd keys={shortcut} />}
      </AriaTooltip>
    </TooltipTrigger>
  )
}
