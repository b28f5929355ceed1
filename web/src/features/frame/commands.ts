// Going places and one's own state: the commands of the frame.
import {
  Bell,
  CircleCheck,
  Inbox,
  Keyboard,
  LayoutDashboard,
  LogOut,
  Pause,
  Power,
  ScrollText,
  Settings,
} from 'lucide-react'
import type { Command } from '@/commands/registry'
import { openDialog } from '@/features/frame/dialogs'
import { setPresence } from '@/features/frame/presence'
import { m } from '@/i18n'

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
    id: 'frame.ledger',
    label: () => m.frame_ledger(),
    group: go,
    icon: ScrollText,
    keys: ['G L'],
    scope: 'everywhere',
    when: context => context.session.user.permissions.includes('ledger.view'),
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
