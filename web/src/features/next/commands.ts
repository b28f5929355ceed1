import { Undo2, Zap } from 'lucide-react'
import type { Command } from '@/commands/registry'
import { m } from '@/i18n/pages'

const group = () => m.next_group()

export const commands: Command[] = [
  {
    id: 'next.best',
    label: () => m.next_best(),
    group,
    icon: Zap,
    keys: ['B', 'Alt+B'],
    scope: 'everywhere',
    run: async context => (await import('./go')).goToNext(context),
  },
  {
    id: 'next.back',
    label: () => m.next_back(),
    group,
    icon: Undo2,
    keys: ['Shift+B', 'Alt+Shift+B'],
    scope: 'everywhere',
    run: async context => (await import('./go')).goBack(context),
  },
]
