import { PanelRight } from 'lucide-react'
import type { Command } from '@/commands/registry'
import { m } from '@/i18n/pages'
// Brings the conversation's part of the context.
import type {} from './sidebarState'

export const commands: Command[] = [
  {
    id: 'conversation.sidebar',
    label: () => m.conversation_sidebar_toggle(),
    group: () => m.conversation_group(),
    icon: PanelRight,
    keys: ['I', 'Alt+I'],
    scope: 'conversation',
    when: context => context.toggleSidebar !== undefined,
    run: context => context.toggleSidebar?.(),
  },
]
