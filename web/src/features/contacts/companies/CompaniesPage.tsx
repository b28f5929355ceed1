import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Building2, Pencil, Plus, UsersRound } from 'lucide-react'
import { useState } from 'react'
import { companySearchQuery } from '@/api/queries'
import type { Company } from '@/api/types'
import { useSession } from '@/features/signin/session'
import { m } from '@/i18n/admin'
import { useDebounced } from '@/lib/useDebounced'
import { Button, EmptyState, ErrorNote, IconButton, SearchField, SkeletonRows } from '@/ui'
import merge from '../merge/Merge.module.css'
import styles from './Companies.module.css'
import { CompanyDialog } from './CompanyDialog'

/** As many as the server shows at once. */
const shown = 20

/** The companies that contacts work for: found by name, changed for everybody who works there. */
export default function CompaniesPage() {
  const { user } = useSession()
  const [typed, setTyped] = useState('')
  const asked = useDebounced(typed.trim(), 200)
  const { data, error, refetch } = useQuery({
    ...companySearchQuery(asked),
    placeholderData: keepPreviousData,
  })
  /** Null for a new one. */
  const [opened, setOpened] = useState<Company | null | undefined>()
  const mayEdit = user.permissions.includes('contacts.edit')
  return (
    <div className={merge.page}>
      <title>{`${m.companies_title()} · Pronto`}</title>
      <header>
        <h1 className={merge.title}>{m.companies_title()}</h1>
        <p className={merge.lead}>{m.companies_lead()}</p>
      </header>
      <div className={styles.tools}>
        <SearchField label={m.companies_search()} value={typed} onChange={setTyped} />
        {mayEdit && (
          <Button icon={Plus} onPress={() => setOpened(null)}>
            {m.companies_new()}
          </Button>
        )}
      </div>
      {error && !data && <ErrorNote error={error} onRetry={() => void refetch()} />}
      {!data && !error && <SkeletonRows count={6} />}
      {data?.length === 0 && (
        <EmptyState icon={Building2} title={asked ? m.companies_none_found() : m.companies_none()}>
          {asked ? m.companies_none_found_words() : m.companies_none_words()}
        </EmptyState>
      )}
      {data && data.length > 0 && (
        <ul className={styles.list} aria-label={m.companies_title()}>
          {data.map(company => (
            <li key={company.id} className={styles.row}>
              <div className={styles.words}>
                <strong>{company.name}</strong>
                {company.url && (
                  <a href={company.url} target="_blank" rel="noreferrer noopener">
                    {company.url.replace(/^https?:\/\//, '')}
                  </a>
                )}
                {company.note && <span className={styles.note}>{company.note}</span>}
              </div>
              <Link to="/contacts" search={{ company: company.id }} className={styles.people}>
                <UsersRound size={16} strokeWidth={1.75} aria-hidden="true" /> {m.companies_contacts()}
              </Link>
              {mayEdit && (
                <IconButton
                  icon={Pencil}
                  size="small"
                  label={m.companies_edit({ name: company.name })}
                  onPress={() => setOpened(company)}
                />
              )}
            </li>
          ))}
        </ul>
      )}
      {data?.length === shown && <p className={styles.note}>{m.companies_more()}</p>}
      {opened !== undefined && (
        <CompanyDialog key={opened?.id ?? 0} company={opened} onClose={() => setOpened(undefined)} />
      )}
    </div>
  )
}
