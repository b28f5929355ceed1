import { PanelTop, SquareX } from 'lucide-react'
import type { Command } from '@/commands/registry'
import { m } from '@/i18n/pages'
// Brings the tabs' part of the context.
import type {} from './handle'

const group = () => m.tabs_group()

/** Alt+1 to Alt+9. */
const places = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth']

export const commands: Command[] = [
  {
    id: 'tabs.putAway',
    label: () => m.tabs_put_away(),
    group,
    icon: SquareX,
    keys: ['X', 'Alt+X'],
    scope: 'everywhere',
    when: context => (context.tabs?.active() ?? null) !== null,
    run: context => context.tabs?.putAway(),
  },
  {
    id: 'tabs.nextUnread',
    label: () => m.tabs_next_unread(),
    group,
    icon: PanelTop,
    keys: ['Alt+M'],
    scope: 'everywhere',
    when: context => (context.tabs?.count() ?? 0) > 0,
    run: context => context.tabs?.nextUnread(),
  },
  ...places.map(
    (place, index): Command => ({
      id: `tabs.${place}`,
      label: () => m.tabs_go({ number: String(index + 1) }),
      group,
      keys: [`Alt+${index + 1}`],
      scope: 'everywhere',
      when: context => (context.tabs?.count() ?? 0) > index,
      run: context => context.tabs?.go(index),
      isHidden: true,
    }),
  ),
]
