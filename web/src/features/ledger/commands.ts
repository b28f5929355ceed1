import { ChevronDown, ChevronUp, RotateCcw, TriangleAlert } from 'lucide-react'
import type { Command, Context } from '@/commands/registry'
import { m } from '@/i18n/pages'

declare module '@/commands/registry' {
  interface Context {
    ledger?: { next: () => void; previous: () => void }
    delivery?: { replay: () => Promise<void> }
  }
}

const group = () => m.frame_ledger()
const mayRead = (context: Context) => context.session.user.permissions.includes('ledger.view')

export const commands: Command[] = [
  {
    id: 'ledger.failed',
    label: () => m.ledger_show_failed(),
    group,
    icon: TriangleAlert,
    scope: 'everywhere',
    mayEver: mayRead,
    run: context => context.navigate('/ledger?state=failed'),
  },
  {
    id: 'ledger.next',
    label: () => m.ledger_next(),
    group,
    icon: ChevronDown,
    keys: ['J'],
    scope: 'ledger',
    mayEver: mayRead,
    when: context => context.ledger !== undefined,
    run: context => context.ledger?.next(),
  },
  {
    id: 'ledger.previous',
    label: () => m.ledger_previous(),
    group,
    icon: ChevronUp,
    keys: ['K'],
    scope: 'ledger',
    mayEver: mayRead,
    when: context => context.ledger !== undefined,
    run: context => context.ledger?.previous(),
  },
  {
    id: 'ledger.replay',
    label: () => m.ledger_replay(),
    group,
    icon: RotateCcw,
    keys: ['Shift+R'],
    scope: 'ledger',
    mayEver: mayRead,
    when: context => context.delivery !== undefined,
    run: context => context.delivery?.replay(),
  },
]
