import { TooltipLayer } from '@/ui/TooltipLayer'
import { shortcutOf } from './registry'
import { useShortcuts } from './useShortcuts'

/** All keys of the desktop, and the tooltips that tell them. Brings the commands, so the first screen does not wait. */
export function Keys() {
  useShortcuts()
  return <TooltipLayer keysOf={shortcutOf} />
}
