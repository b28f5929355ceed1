import { Link, Navigate, Outlet, useParams } from '@tanstack/react-router'
import { useSession } from '@/features/signin/session'
import { m } from '@/i18n/admin'
import { cx } from '@/ui'
import styles from './Settings.module.css'
import { isOpenTo, sections } from './sections'

/** The list of sections; the section itself is the route inside. */
export default function SettingsPage() {
  const { permissions } = useSession().user
  const { section } = useParams({ strict: false })
  const mine = sections.filter(section => isOpenTo(section, permissions))
  const first = mine[0]
  // Where there is room for both, an empty half would only be another click.
  if (!section && first && window.matchMedia('(width >= 800px)').matches) {
    return <Navigate to="/settings/$section" params={{ section: first.id }} replace />
  }
  return (
    <div className={styles.settings}>
      <title>{`${m.frame_settings()} · Pronto`}</title>
      <nav className={cx(styles.nav, section && styles.aside)} aria-label={m.frame_settings()}>
        <h1 className={styles.navTitle}>{m.frame_settings()}</h1>
        <ul>
          {mine.map(({ id, icon: Icon, label }) => (
            <li key={id}>
              <Link
                to="/settings/$section"
                params={{ section: id }}
                className={styles.place}
                activeProps={{ className: styles.active, 'aria-current': 'page' }}
                activeOptions={{ includeSearch: false }}
              >
                <Icon size={16} strokeWidth={1.75} aria-hidden="true" />
                {label()}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      {section && (
        <div className={styles.content}>
          <Link to="/settings" className={styles.toSections}>
            {m.settings_all_sections()}
          </Link>
          <Outlet />
        </div>
      )}
    </div>
  )
}
