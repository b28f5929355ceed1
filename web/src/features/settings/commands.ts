import { Plus, Save, Search } from 'lucide-react'
import type { Command } from '@/commands/registry'
import { m } from '@/i18n/pages'
import { isOpenTo, sections } from './sections'

declare module '@/commands/registry' {
  interface Context {
    /** The form on screen. */
    settingsForm?: { save: () => void }
    /** The list on screen. */
    settingsList?: { create?: (() => void) | undefined; search?: () => void }
  }
}

const group = () => m.frame_settings()

export const commands: Command[] = [
  ...sections.map(
    (section): Command => ({
      id: `settings.${section.id.replace(/_./g, part => part.slice(1).toUpperCase())}`,
      label: section.label,
      group,
      icon: section.icon,
      scope: 'everywhere',
      when: context => isOpenTo(section, context.session.user.permissions),
      run: context => context.navigate(`/settings/${section.id}`),
    }),
  ),
  {
    id: 'settings.save',
    label: () => m.settings_save_command(),
    group,
    icon: Save,
    keys: ['Mod+S'],
    scope: 'settings',
    // Also when nothing changed: the browser would save the page.
    when: context => context.settingsForm !== undefined,
    run: context => context.settingsForm?.save(),
  },
  {
    id: 'settings.new',
    label: () => m.settings_new_command(),
    group,
    icon: Plus,
    keys: ['N'],
    scope: 'settings',
    when: context => context.settingsList?.create !== undefined,
    run: context => context.settingsList?.create?.(),
  },
  {
    id: 'settings.search',
    label: () => m.settings_search_command(),
    group,
    icon: Search,
    keys: ['/'],
    scope: 'settings',
    when: context => context.settingsList?.search !== undefined,
    run: context => context.settingsList?.search?.(),
  },
]
