import { Link } from '@tanstack/react-router'
import type { Delivery } from '@/api/types'
import { useMay } from '@/features/signin/session'
import { m } from '@/i18n/admin'
import { Note } from '@/ui'
import { remedyFor } from './remedy'

/** What an administrator can do about a delivery that failed. */
export function Remedy({ delivery }: { delivery: Delivery }) {
  const mayEdit = useMay('accounts.edit')
  const remedy = remedyFor(delivery.state, delivery.reason)
  switch (remedy.kind) {
    case 'unknown_number':
      return (
        <Note tone="warning">
          {m.ledger_fix_number({ number: remedy.phoneNumberId ?? '?' })}{' '}
          {mayEdit && (
            <Link
              to="/settings/$section/$item"
              params={{ section: 'accounts', item: 'new' }}
              search={remedy.phoneNumberId ? { phone_number_id: remedy.phoneNumberId } : {}}
            >
              {m.ledger_fix_number_add()}
            </Link>
          )}
        </Note>
      )
    case 'malformed':
      return <Note tone="warning">{m.ledger_fix_malformed()}</Note>
    case 'ours':
      return <Note tone="warning">{m.ledger_fix_ours()}</Note>
    case 'none':
      return null
  }
}
