import { m } from '@/i18n'

export default function LedgerPage() {
  return (
    <>
      <title>{`${m.frame_ledger()} · Pronto`}</title>
      <h1 className="visually-hidden">{m.frame_ledger()}</h1>
    </>
  )
}
