import { Link } from '@tanstack/react-router'
import { ContactRound, Inbox, LayoutDashboard, type LucideIcon, ScrollText, Settings } from 'lucide-react'
import { Suspense } from 'react'
import type { Permission } from '@/api/types'
import { useSession } from '@/features/signin/session'
import { m } from '@/i18n'
import { later } from '@/ui/later'
import { tip } from '@/ui/Tooltip'
import { ConnectionDot } from './ConnectionDot'
import styles from './Rail.module.css'

// Menus are a sixth of the script: the list does not wait for them.
const NoticeBell = later(() => import('@/features/notices/NoticeBell'))
const OwnState = later(() => import('./OwnState'))
const UserMenu = later(() => import('./UserMenu'))

interface Place {
  to: '/' | '/interactions' | '/contacts' | '/ledger' | '/settings'
  icon: LucideIcon
  label: () => string
  command: string
  /** Any of these; none means everybody. */
  needs?: readonly Permission[]
}

const places: readonly Place[] = [
  { to: '/', icon: LayoutDashboard, label: () => m.frame_dashboard(), command: 'frame.dashboard' },
  { to: '/interactions', icon: Inbox, label: () => m.frame_interactions(), command: 'frame.interactions' },
  { to: '/contacts', icon: ContactRound, label: () => m.frame_contacts(), command: 'frame.contacts' },
  {
    to: '/ledger',
    icon: ScrollText,
    label: () => m.frame_ledger(),
    command: 'frame.ledger',
    needs: ['ledger.view'],
  },
  {
    to: '/settings',
    icon: Settings,
    label: () => m.frame_settings(),
    command: 'frame.settings',
  },
]

export function Rail() {
  const { permissions } = useSession().user
  const mine = places.filter(({ needs }) => !needs || needs.some(one => permissions.includes(one)))
  return (
    <nav className={styles.rail} aria-label={m.frame_navigation()}>
      <ul className={styles.places}>
        {mine.map(({ to, icon: Icon, label, command }) => (
          <li key={to}>
            <Link
              to={to}
              className={styles.place}
              activeProps={{ className: styles.active, 'aria-current': 'page' }}
              activeOptions={{ exact: to === '/', includeSearch: false }}
              aria-label={label()}
              {...tip({ words: label(), command, placement: 'right' })}
            >
              <Icon size={20} strokeWidth={1.75} aria-hidden="true" />
            </Link>
          </li>
        ))}
      </ul>
      <div className={styles.foot}>
        <ConnectionDot />
        <Suspense fallback={<div className={styles.menus} />}>
          <NoticeBell />
          <OwnState />
          <UserMenu />
        </Suspense>
      </div>
    </nav>
  )
}
