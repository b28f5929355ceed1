import { Command as CommandIcon, Keyboard } from 'lucide-react'
import type { Command } from '@/commands/registry'
import { m } from '@/i18n/pages'
import { openPalette, openSheet } from './state'

const group = () => m.palette_group_desk()

export const commands: Command[] = [
  {
    id: 'palette.open',
    label: () => m.palette_open(),
    group,
    icon: CommandIcon,
    keys: ['Mod+K'],
    scope: 'everywhere',
    run: openPalette,
    isHidden: true,
  },
  {
    id: 'palette.shortcuts',
    label: () => m.palette_shortcuts(),
    group,
    icon: Keyboard,
    keys: ['?'],
    scope: 'everywhere',
    run: openSheet,
  },
]
