import { Bell } from 'lucide-react'
import type { Command } from '@/commands/registry'
import { m } from '@/i18n/pages'
import { showNotices } from './state'

export const commands: Command[] = [
  {
    id: 'notices.open',
    label: () => m.notices_title(),
    group: () => m.palette_group_go(),
    icon: Bell,
    keys: ['G N'],
    scope: 'everywhere',
    run: () => showNotices(true),
  },
]
