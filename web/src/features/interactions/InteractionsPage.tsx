import { Outlet } from '@tanstack/react-router'
import { m } from '@/i18n'

/** The list; the conversation beside it is the route inside. */
export default function InteractionsPage() {
  return (
    <>
      <title>{`${m.frame_interactions()} · Pronto`}</title>
      <h1 className="visually-hidden">{m.frame_interactions()}</h1>
      <Outlet />
    </>
  )
}
