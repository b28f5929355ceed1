import { useQuery } from '@tanstack/react-query'
import { MessageCircle } from 'lucide-react'
import { accountsQuery } from '@/api/queries'
import { m } from '@/i18n/admin'
import { providerNames } from '@/lib/providers'
import { Pill } from '@/ui'
import { MemberCount } from '../MemberCount'
import { useQueueNames } from '../people'
import { ResourceList } from '../ResourceList'
import styles from '../Settings.module.css'
import { healthTones, healthWords } from './health'

export function AccountList() {
  const nameOf = useQueueNames()
  return (
    <ResourceList
      section="accounts"
      query={useQuery(accountsQuery)}
      words={account => [
        account.key,
        account.phone,
        account.phone_number_id,
        providerNames[account.provider],
      ]}
      columns={[
        {
          id: 'name',
          label: m.settings_name(),
          cell: account => (
            <span className={styles.cell}>
              {account.name}
              <span className={styles.muted}>
                {account.key} · {providerNames[account.provider]}
              </span>
            </span>
          ),
        },
        { id: 'phone', label: m.settings_phone(), isMinor: true, cell: account => account.phone },
        {
          id: 'flow',
          label: m.settings_flow(),
          isMinor: true,
          cell: ({ flow, default_queue_id }) =>
            [...new Set([...flow.map(step => step.queue_id), default_queue_id])].map(nameOf).join(' → '),
        },
        {
          id: 'members',
          label: m.settings_members_title(),
          isMinor: true,
          align: 'end',
          cell: row => <MemberCount of={row} />,
        },
        {
          id: 'health',
          label: m.settings_connection(),
          cell: ({ health }) => <Pill tone={healthTones[health.state]}>{healthWords[health.state]()}</Pill>,
        },
      ]}
      icon={MessageCircle}
      lead={m.settings_accounts_lead()}
      create={m.settings_account_new()}
      empty={{ title: m.settings_accounts_empty(), words: m.settings_accounts_empty_words() }}
    />
  )
}
