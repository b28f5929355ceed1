import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { Bell, Keyboard, LogOut } from 'lucide-react'
import { Button } from 'react-aria-components/Button'
import { problemWords } from '@/api/problem'
import type { Me } from '@/api/types'
import { shortcutOf } from '@/commands/registry'
import { unsentCount } from '@/features/composer/sending'
import { openDialog } from '@/features/frame/dialogs'
import { openSheet } from '@/features/palette/state'
import { changeMe, signOut, useSession } from '@/features/signin/session'
import { languageName, locale, locales } from '@/i18n'
import { m } from '@/i18n/pages'
import { Avatar } from '@/ui/Avatar'
import { Menu, MenuItem, MenuSection, MenuSeparator } from '@/ui/Menu'
import { toast } from '@/ui/toasts'
import styles from './Rail.module.css'

const themes: readonly Me['theme'][] = ['system', 'light', 'dark']

export default function UserMenu() {
  const client = useQueryClient()
  const router = useRouter()
  const { user, presence } = useSession()
  const attempt = (work: Promise<void>) =>
    void work.catch(error => toast(problemWords(error), { tone: 'danger' }))
  // Only with something left behind is there anything to ask.
  const leave = () => {
    if (presence.open + presence.put_off > 0 || unsentCount() > 0) openDialog('signOut')
    else attempt(signOut(client, router))
  }
  return (
    <Menu
      label={m.frame_user_menu()}
      title={user.name}
      placement="right bottom"
      trigger={
        <Button className={styles.button ?? ''} aria-label={`${m.frame_user_menu()}: ${user.name}`}>
          <Avatar name={user.name} />
        </Button>
      }
    >
      <MenuSection
        title={m.frame_theme()}
        selectionMode="single"
        selectedKeys={[user.theme]}
        disallowEmptySelection
        onSelectionChange={selection => {
          const theme = themes.find(one => selection !== 'all' && selection.has(one))
          if (theme) attempt(changeMe(client, { theme }))
        }}
      >
        <MenuItem id="system">{m.frame_theme_system()}</MenuItem>
        <MenuItem id="light">{m.frame_theme_light()}</MenuItem>
        <MenuItem id="dark">{m.frame_theme_dark()}</MenuItem>
      </MenuSection>
      <MenuSeparator />
      <MenuSection
        title={m.frame_language()}
        selectionMode="single"
        selectedKeys={[locale()]}
        disallowEmptySelection
        onSelectionChange={selection => {
          const next = locales.find(one => selection !== 'all' && selection.has(one))
          if (next) attempt(changeMe(client, { locale: next }))
        }}
      >
        {locales.map(one => (
          <MenuItem key={one} id={one}>
            {languageName(one)}
          </MenuItem>
        ))}
      </MenuSection>
      <MenuSeparator />
      <MenuItem icon={Keyboard} shortcut={shortcutOf('palette.shortcuts')} onAction={openSheet}>
        {m.palette_shortcuts()}
      </MenuItem>
      <MenuItem icon={Bell} onAction={() => openDialog('alerts')}>
        {m.offers_alerts()}
      </MenuItem>
      <MenuItem icon={LogOut} onAction={leave}>
        {m.frame_sign_out()}
      </MenuItem>
    </Menu>
  )
}
