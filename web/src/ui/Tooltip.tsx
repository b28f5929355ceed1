// What a thing under the pointer or the keyboard's focus says. It is attributes and not a component around each button:
// a thread has hundreds of them, and one layer (TooltipLayer.tsx) shows whichever is asked for.

export type TipPlacement = 'top' | 'bottom' | 'left' | 'right'

interface Tip {
  /** What it says; the thing under it needs its own accessible name. */
  words: string
  /** Keys to print beside the words, e.g. "Escape". */
  shortcut?: string | undefined
  /** Or those of a command, as they are when the tooltip is shown. */
  command?: string | undefined
  placement?: TipPlacement | undefined
}

/** To spread over anything that can be hovered or focused. */
export function tip({ words, shortcut, command, placement }: Tip) {
  return {
    'data-tip': words,
    'data-tip-keys': shortcut,
    'data-tip-command': command,
    'data-tip-placement': placement,
  }
}
