// Which threads stay on the page behind the one that is read, the last one looked at first. Pure.
import type { Tab } from '@/features/tabs/tabs'

const most = 5

/** With this one before all others; the same list when it is. */
export function keepShown(held: readonly number[], id: number): readonly number[] {
  return held[0] === id ? held : [id, ...held.filter(one => one !== id)]
}

/** Without those whose tab was put away, and those not looked at for longest; the same list when none goes. */
export function madeRoom(held: readonly number[], tabs: readonly Tab[]): readonly number[] {
  const [shown, ...rest] = held
  const open = rest.filter(id => tabs.some(tab => tab.id === id)).slice(0, most - 1)
  return open.length === rest.length || shown === undefined ? held : [shown, ...open]
}
