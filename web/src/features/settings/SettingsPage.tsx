import { Outlet } from '@tanstack/react-router'
import { m } from '@/i18n'

/** The list of sections; the section itself is the route inside. */
export default function SettingsPage() {
  return (
    <>
      <title>{`${m.frame_settings()} · Pronto`}</title>
      <h1 className="visually-hidden">{m.frame_settings()}</h1>
      <Outlet />
    </>
  )
}
