import { BookmarkPlus, Clock, MessageSquareQuote, PenLine, Smile, StickyNote } from 'lucide-react'
import type { Command, Context } from '@/commands/registry'
import { m } from '@/i18n'
// Brings the composer's part of the context.
import type {} from './useComposer'

const group = () => m.composer_group()
const isThere = (context: Context) => context.composer !== undefined
const hasText = (context: Context) => context.composer?.hasText() ?? false
const isWritten = (context: Context) => context.composer?.hasFocus() ?? false

export const commands: Command[] = [
  {
    id: 'composer.focus',
    label: () => m.composer_focus(),
    group,
    icon: PenLine,
    keys: ['W'],
    scope: 'conversation',
    when: isThere,
    run: context => context.composer?.focus(),
  },
  {
    id: 'composer.note',
    label: () => m.composer_note(),
    group,
    icon: StickyNote,
    keys: ['Alt+N'],
    scope: 'conversation',
    when: context => context.composer?.mayNote ?? false,
    run: context => context.composer?.toggleNote(),
  },
  {
    id: 'composer.emoji',
    label: () => m.composer_emoji(),
    group,
    icon: Smile,
    keys: ['Alt+E'],
    scope: 'conversation',
    when: isThere,
    run: context => context.composer?.openEmoji(),
  },
  {
    id: 'composer.canned',
    label: () => m.composer_canned_command(),
    group,
    icon: MessageSquareQuote,
    keys: ['Alt+C'],
    scope: 'conversation',
    when: isThere,
    run: context => context.composer?.openCanned(),
  },
  {
    id: 'composer.later',
    label: () => m.composer_later(),
    group,
    icon: Clock,
    keys: ['Alt+S'],
    scope: 'conversation',
    when: hasText,
    run: context => context.composer?.open('later'),
  },
  {
    id: 'composer.saveCanned',
    label: () => m.composer_save_canned(),
    group,
    icon: BookmarkPlus,
    scope: 'conversation',
    when: hasText,
    run: context => context.composer?.open('save'),
  },
  {
    id: 'composer.bold',
    label: () => m.composer_bold(),
    group,
    keys: ['Mod+B'],
    scope: 'conversation',
    when: isWritten,
    run: context => context.composer?.mark('*'),
    isHidden: true,
  },
  {
    id: 'composer.italic',
    label: () => m.composer_italic(),
    group,
    keys: ['Mod+I'],
    scope: 'conversation',
    when: isWritten,
    run: context => context.composer?.mark('_'),
    isHidden: true,
  },
  {
    id: 'composer.strike',
    label: () => m.composer_strike(),
    group,
    keys: ['Mod+Shift+X'],
    scope: 'conversation',
    when: isWritten,
    run: context => context.composer?.mark('~'),
    isHidden: true,
  },
  {
    id: 'composer.mono',
    label: () => m.composer_mono(),
    group,
    keys: ['Mod+Shift+M'],
    scope: 'conversation',
    when: isWritten,
    run: context => context.composer?.mark('```'),
    isHidden: true,
  },
]
