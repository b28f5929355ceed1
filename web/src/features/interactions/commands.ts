import {
  AlarmClock,
  ArrowDown,
  ArrowUp,
  Ban,
  CircleCheckBig,
  Hand,
  List,
  ListChecks,
  ListTree,
  Mail,
  MessageCircleReply,
  PanelTopOpen,
  RefreshCw,
  RotateCcw,
  Search,
  Table2,
  Tag,
  Undo2,
} from 'lucide-react'
import type { Command, Context } from '@/commands/registry'
import { ask } from '@/features/care/asking'
import { openAdvanced } from '@/features/conditions/state'
import { m } from '@/i18n/pages'
import { heldInteraction, markUnread, reopen, take } from './actions'
import { targetOf, targetsOf } from './handle'

const group = () => m.interactions_group()

/** What the key is about, if it may be done to it. */
function target(context: Context) {
  const id = targetOf(context)
  return id === null ? undefined : heldInteraction(context.client, id)
}

/** The same for what can be done to several at once. */
function targets(context: Context) {
  return targetsOf(context).flatMap(id => heldInteraction(context.client, id) ?? [])
}

export const commands: Command[] = [
  {
    id: 'interactions.next',
    label: () => m.interactions_next(),
    group,
    icon: ArrowDown,
    keys: ['J', 'Alt+J'],
    scope: 'interactions',
    run: context => context.interactionList?.move(1),
    isHidden: true,
  },
  {
    id: 'interactions.previous',
    label: () => m.interactions_previous(),
    group,
    icon: ArrowUp,
    keys: ['K', 'Alt+K'],
    scope: 'interactions',
    run: context => context.interactionList?.move(-1),
    isHidden: true,
  },
  {
    id: 'interactions.open',
    label: () => m.interactions_open(),
    group,
    icon: PanelTopOpen,
    keys: ['O', 'Alt+O'],
    scope: 'interactions',
    when: context => (context.interactionList?.cursor() ?? null) !== null,
    run: context => context.interactionList?.open(),
    isHidden: true,
  },
  {
    id: 'interactions.take',
    label: () => m.interactions_take(),
    words: () => m.interactions_take_words(),
    group,
    icon: Hand,
    keys: ['T', 'Alt+T'],
    scope: 'interactions',
    when: context => target(context)?.may.take ?? false,
    run: context => {
      const one = target(context)
      return one && take(context.client, one.id)
    },
  },
  {
    id: 'interactions.close',
    label: () => m.interactions_close(),
    words: () => m.interactions_close_words(),
    group,
    icon: CircleCheckBig,
    keys: ['E', 'Alt+Shift+E'],
    scope: 'interactions',
    when: context => targets(context).some(({ may }) => may.close),
    run: context => {
      const ids = targets(context).filter(({ may }) => may.close)
      ask({ what: 'close', ids: ids.map(({ id }) => id), dispose: false })
    },
  },
  {
    id: 'interactions.dispose',
    label: context => (target(context)?.may.dispose ? m.interactions_ending() : m.interactions_dispose()),
    group,
    icon: ListChecks,
    keys: ['D', 'Alt+Shift+D'],
    scope: 'interactions',
    when: context => {
      const one = target(context)
      return one !== undefined && (one.may.close || one.may.dispose)
    },
    run: context => {
      const one = target(context)
      if (one?.may.dispose) ask({ what: 'ending', id: one.id })
      else if (one) ask({ what: 'close', ids: [one.id], dispose: true })
    },
  },
  {
    id: 'interactions.snooze',
    label: () => m.interactions_snooze(),
    words: () => m.interactions_snooze_words(),
    group,
    icon: AlarmClock,
    keys: ['S', 'Alt+Shift+R'],
    scope: 'interactions',
    when: context => target(context)?.may.snooze ?? false,
    run: context => {
      const one = target(context)
      if (one) ask({ what: 'snooze', id: one.id })
    },
  },
  {
    id: 'interactions.waitForCustomer',
    label: () => m.interactions_wait_customer(),
    group,
    icon: MessageCircleReply,
    keys: ['Shift+S', 'Alt+Shift+S'],
    scope: 'interactions',
    when: context => {
      const one = target(context)
      return (one?.may.snooze && one.snooze?.kind !== 'customer') ?? false
    },
    run: async context => {
      const one = target(context)
      const { putOff } = await import('@/features/care/actions')
      return one && putOff(context.client, one.id, null)
    },
  },
  {
    id: 'interactions.takeUp',
    label: () => m.interactions_take_up(),
    group,
    icon: Undo2,
    scope: 'interactions',
    when: context => {
      const one = target(context)
      return (one?.may.snooze && one.snooze !== null) ?? false
    },
    run: async context => {
      const one = target(context)
      const { takeUp } = await import('@/features/care/actions')
      return one && takeUp(context.client, one.id)
    },
  },
  {
    id: 'interactions.tag',
    label: () => m.interactions_tag(),
    words: () => m.interactions_tag_words(),
    group,
    icon: Tag,
    keys: ['M', 'Alt+Shift+L'],
    scope: 'interactions',
    when: context => targets(context).some(({ may }) => may.tag),
    run: context => {
      const ids = targets(context).filter(({ may }) => may.tag)
      ask({ what: 'tags', ids: ids.map(({ id }) => id) })
    },
  },
  {
    id: 'interactions.block',
    label: () => m.interactions_block(),
    words: () => m.interactions_block_words(),
    group,
    icon: Ban,
    keys: ['Shift+X', 'Alt+Shift+X'],
    scope: 'interactions',
    when: context => target(context)?.may.block ?? false,
    run: context => {
      const one = target(context)
      if (one) ask({ what: 'block', id: one.id })
    },
  },
  {
    id: 'interactions.reopen',
    label: () => m.interactions_reopen(),
    group,
    icon: RotateCcw,
    keys: ['Shift+O', 'Alt+Shift+O'],
    scope: 'interactions',
    when: context => target(context)?.may.reopen ?? false,
    run: context => {
      const one = target(context)
      return one && reopen(context.client, one.id, context.navigate)
    },
  },
  {
    id: 'interactions.markUnread',
    label: () => m.interactions_mark_unread(),
    group,
    icon: Mail,
    keys: ['U', 'Alt+U'],
    scope: 'interactions',
    when: context => {
      const one = target(context)
      return one !== undefined && !one.marked_unread && one.unread === 0
    },
    run: context => {
      const one = target(context)
      return one && markUnread(context.client, one.id)
    },
  },
  {
    id: 'interactions.search',
    label: () => m.interactions_search_label(),
    group,
    icon: Search,
    keys: ['/'],
    scope: 'interactions',
    run: context => context.interactionList?.focusSearch(),
  },
  {
    id: 'interactions.advanced',
    label: () => m.interactions_advanced(),
    words: () => m.interactions_advanced_words(),
    group,
    icon: ListTree,
    keys: ['F'],
    scope: 'interactions',
    run: () => openAdvanced(true),
  },
  {
    id: 'interactions.table',
    label: () => m.interactions_table(),
    words: () => m.interactions_table_words(),
    group,
    icon: Table2,
    keys: ['V'],
    scope: 'interactions',
    run: context => context.interactionList?.toggleTable(),
  },
  {
    id: 'interactions.list',
    label: () => m.interactions_focus_list(),
    group,
    icon: List,
    keys: ['L', 'Alt+L'],
    scope: 'interactions',
    run: context => context.interactionList?.focus(),
  },
  {
    id: 'interactions.loadNew',
    label: () => m.interactions_load_new(),
    group,
    icon: RefreshCw,
    keys: ['.', 'Alt+.'],
    scope: 'interactions',
    when: context => context.interactionList?.isStale() ?? false,
    run: context => context.interactionList?.thaw(),
  },
]
