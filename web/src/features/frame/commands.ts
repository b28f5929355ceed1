// Going places and one's own state: the commands of the frame.
import {
  Bell,
  CircleCheck,
  ContactRound,
  Hourglass,
  Inbox,
  Keyboard,
  LayoutDashboard,
  LogOut,
  Pause,
  Power,
  ScrollText,
  Settings,
} from 'lucide-react'
import type { Command, Context } from '@/commands/registry'
import { openDialog } from '@/features/frame/dialogs'
import { setPresence } from '@/features/frame/presence'
import { m } from '@/i18n/pages'
import { now } from '@/lib/clock'

const go = () => m.palette_group_go()
const state = () => m.palette_group_state()
const desk = () => m.palette_group_desk()

export const commands: Command[] = [
  {
    id: 'frame.dashboard',
    label: () => m.frame_dashboard(),
    group: go,
    icon: LayoutDashboard,
    keys: ['G D'],
    scope: 'everywhere',
    run: context => context.navigate('/'),
  },
  {
    id: 'frame.interactions',
    label: () => m.frame_interactions(),
    group: go,
    icon: Inbox,
    keys: ['G I'],
    scope: 'everywhere',
    run: context => context.navigate('/interactions'),
  },
  {
    id: 'frame.contacts',
    label: () => m.frame_contacts(),
    group: go,
    icon: ContactRound,
    keys: ['G C'],
    scope: 'everywhere',
    run: context => context.navigate('/contacts'),
  },
  {
    id: 'frame.ledger',
    label: () => m.frame_ledger(),
    group: go,
    icon: ScrollText,
    keys: ['G L'],
    scope: 'everywhere',
    mayEver: context => context.session.user.permissions.includes('ledger.view'),
    run: context => context.navigate('/ledger'),
  },
  {
    id: 'frame.settings',
    label: () => m.frame_settings(),
    group: go,
    icon: Settings,
    keys: ['G S'],
    scope: 'everywhere',
    run: context => context.navigate('/settings'),
  },
  {
    id: 'frame.available',
    label: () => m.presence_available(),
    group: state,
    icon: CircleCheck,
    scope: 'everywhere',
    when: context => context.session.presence.state !== 'available',
    run: context => setPresence(context.client, 'available'),
  },
  {
    id: 'frame.pause',
    label: () => m.presence_pause(),
    group: state,
    icon: Pause,
    scope: 'everywhere',
    when: context => context.session.presence.state !== 'paused',
    run: context => setPresence(context.client, 'paused', context.session.settings.pause_reasons[0] ?? null),
  },
  {
    id: 'frame.offline',
    label: () => m.presence_offline(),
    group: state,
    icon: Power,
    scope: 'everywhere',
    when: context => context.session.presence.state !== 'offline',
    run: context => setPresence(context.client, 'offline'),
  },
  {
    id: 'frame.wrapUpLonger',
    label: () => m.frame_wrap_up_longer(),
    group: state,
    icon: Hourglass,
    scope: 'everywhere',
    when: isWrappingUp,
    run: async context => (await import('@/features/care/actions')).extendWrapUp(context.client, 120),
  },
  {
    id: 'frame.wrapUpEnd',
    label: () => m.frame_wrap_up_end(),
    group: state,
    icon: CircleCheck,
    scope: 'everywhere',
    when: isWrappingUp,
    run: async context => (await import('@/features/care/actions')).endWrapUp(context.client),
  },
  {
    id: 'frame.alerts',
    label: () => m.offers_alerts(),
    group: desk,
    icon: Bell,
    scope: 'everywhere',
    run: () => openDialog('alerts'),
  },
  {
    id: 'frame.keys',
    label: () => m.keys_title(),
    group: desk,
    icon: Keyboard,
    scope: 'everywhere',
    run: () => openDialog('keys'),
  },
  {
    id: 'frame.signOut',
    label: () => m.frame_sign_out(),
    group: desk,
    icon: LogOut,
    scope: 'everywhere',
    run: () => openDialog('signOut'),
  },
]

function isWrappingUp(context: Context): boolean {
  const until = context.session.presence.wrap_up_until
  return until !== null && Date.parse(until) > now()
}
