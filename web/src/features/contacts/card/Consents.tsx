import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { Suspense, useState } from 'react'
import { keys } from '@/api/keys'
import { accountsQuery } from '@/api/queries'
import type { Consent, ContactCard } from '@/api/types'
import { Fact, Facts } from '@/features/sidebar/Facts'
import { m } from '@/i18n/pages'
import { Button } from '@/ui/Button'
import { later } from '@/ui/later'
import { DateTime } from '@/ui/Time'
import styles from './Card.module.css'

const ConsentDialog = later(() => import('./ConsentDialog'))

interface Props {
  contact: ContactCard
  mayEdit: boolean
}

/** Which accounts may write to them for marketing, as they said. */
export function Consents({ contact, mayEdit }: Props) {
  const client = useQueryClient()
  const { data: accounts = [] } = useQuery(accountsQuery)
  const [asked, setAsked] = useState<{ consent: Consent | null } | null>(null)
  const { consents } = contact
  if (!consents) return null
  const free = accounts.filter(({ id }) => consents.every(({ account }) => account.id !== id))
  if (consents.length === 0 && (!mayEdit || free.length === 0)) return null
  return (
    <Facts title={m.contacts_consents()}>
      {consents.map(one => (
        <Fact key={one.account.id} label={one.account.name}>
          <span className={styles.consent}>
            <strong>
              {one.state === 'given' ? m.contacts_consent_given() : m.contacts_consent_refused()}
            </strong>
            <span className={styles.muted}>
              {one.source} · <DateTime at={one.at} />
              {one.by && ` · ${one.by.name}`}
            </span>
          </span>
          {mayEdit && (
            <Button size="small" variant="quiet" onPress={() => setAsked({ consent: one })}>
              {m.contacts_consent_change()}
            </Button>
          )}
        </Fact>
      ))}
      {mayEdit && free.length > 0 && (
        <Fact label="">
          <Button size="small" variant="quiet" icon={Plus} onPress={() => setAsked({ consent: null })}>
            {m.contacts_consent_add()}
          </Button>
        </Fact>
      )}
      {asked && (
        <Suspense>
          <ConsentDialog
            contactId={contact.id}
            consent={asked.consent}
            accounts={free}
            onDone={() => client.invalidateQueries({ queryKey: keys.contact(contact.id) })}
            onClose={() => setAsked(null)}
          />
        </Suspense>
      )}
    </Facts>
  )
}
