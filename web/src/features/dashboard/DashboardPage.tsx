import { m } from '@/i18n'

export default function DashboardPage() {
  return (
    <>
      <title>{`${m.frame_dashboard()} · Pronto`}</title>
      <h1 className="visually-hidden">{m.frame_dashboard()}</h1>
    </>
  )
}
