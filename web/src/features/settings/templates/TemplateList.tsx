import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { LayoutTemplate, RefreshCw } from 'lucide-react'
import { useState } from 'react'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import type { Account, Template, Templates } from '@/api/types'
import { templatesQuery } from '@/features/templates/queries'
import { templateName } from '@/features/templates/TemplatePicker'
import { m } from '@/i18n/admin'
import { folded } from '@/lib/search'
import {
  Button,
  EmptyState,
  ErrorNote,
  Note,
  Pill,
  RelativeTime,
  SearchField,
  Select,
  Skeleton,
  Table,
} from '@/ui'
import styles from '../Settings.module.css'
import { sectionLabel } from '../sections'
import { useSettingsSearch } from '../useSettingsSearch'
import { categoryWords, statusTones, statusWords } from './words'

/** What an account may send, and what for. */
export function TemplateList({ accounts }: { accounts: Account[] }) {
  const [chosen, setChosen] = useState<number | null>(accounts[0]?.id ?? null)
  const account = accounts.find(({ id }) => id === chosen)
  return (
    <div className={styles.list}>
      <header className={styles.listHeader}>
        <div className={styles.listHeading}>
          <h2 className={styles.title}>{sectionLabel('templates')}</h2>
          <p className={styles.lead}>{m.settings_templates_lead()}</p>
        </div>
      </header>
      {accounts.length > 1 && (
        <Select
          label={m.settings_templates_account()}
          options={accounts.map(({ id, name, phone }) => ({
            id,
            label: name,
            description: phone ?? undefined,
          }))}
          value={chosen}
          onChange={setChosen}
        />
      )}
      {account && <OfAccount key={account.id} account={account} />}
    </div>
  )
}

function OfAccount({ account }: { account: Account }) {
  const client = useQueryClient()
  const router = useRouter()
  const { search, setSearch } = useSettingsSearch()
  const { data, error, refetch } = useQuery(templatesQuery(account.id))
  const sync = useMutation({
    mutationFn: () => api.post<Templates>(`/accounts/${account.id}/templates/syncs`, {}),
    onSuccess: fresh => client.setQueryData(keys.templates(account.id, {}), fresh),
  })
  if (error) return <ErrorNote error={error} onRetry={() => void refetch()} />
  if (!data) {
    return (
      <div className={styles.skeletons} aria-busy="true">
        <span className="visually-hidden">{m.ui_loading()}</span>
        {[62, 48, 70].map(width => (
          <Skeleton key={width} width={`${width}%`} />
        ))}
      </div>
    )
  }
  const words = folded(search).split(/\s+/).filter(Boolean)
  const rows = data.items
    .map((template, index) => ({ ...template, id: index }))
    .filter(({ name, variants }) => {
      const text = folded([name, ...variants.map(one => one.content.body)].join(' '))
      return words.every(word => text.includes(word))
    })
  const open = ({ name }: Template) =>
    void router.navigate({
      to: '/settings/$section/$item',
      params: { section: 'templates', item: `${account.id}.${name}` },
    })
  return (
    <>
      <div className={styles.tools}>
        <SearchField
          label={m.ui_search()}
          value={search}
          onChange={setSearch}
          className={styles.search ?? ''}
        />
        <Button icon={RefreshCw} isPending={sync.isPending} onPress={() => sync.mutate()}>
          {m.settings_templates_sync()}
        </Button>
        <span className={styles.muted} role="status">
          {data.synced_at ? (
            <>
              {m.settings_templates_synced()} <RelativeTime at={data.synced_at} />
            </>
          ) : (
            m.settings_templates_never()
          )}
        </span>
      </div>
      {sync.error && <ErrorNote error={sync.error} />}
      {data.sync_error && (
        <Note tone="warning">{m.settings_templates_sync_error({ detail: data.sync_error })}</Note>
      )}
      {data.items.length === 0 ? (
        <EmptyState icon={LayoutTemplate} title={m.settings_templates_empty()}>
          {m.settings_templates_empty_words()}
        </EmptyState>
      ) : (
        <Table
          label={sectionLabel('templates')}
          rows={rows}
          rowKey={row => row.id}
          onOpen={open}
          empty={<EmptyState title={m.settings_none_found({ text: search })} />}
          columns={[
            {
              id: 'name',
              label: m.settings_name(),
              cell: row => (
                <span className={styles.cell}>
                  {templateName(row.name)}
                  <span className={styles.muted}>{row.name}</span>
                </span>
              ),
            },
            {
              id: 'languages',
              label: m.settings_templates_languages(),
              cell: row => row.variants.map(one => one.language).join(', '),
            },
            {
              id: 'category',
              label: m.settings_templates_category(),
              isMinor: true,
              cell: row => [...new Set(row.variants.map(one => categoryWords(one.category)))].join(', '),
            },
            {
              id: 'use',
              label: m.settings_templates_use(),
              cell: row => (
                <>
                  {row.available && <Pill>{m.settings_templates_for_agents()}</Pill>}{' '}
                  {row.recontact && <Pill tone="accent">{m.settings_templates_recontact()}</Pill>}
                </>
              ),
            },
            {
              id: 'status',
              label: m.settings_templates_status(),
              cell: row => (
                <>
                  {[...new Set(row.variants.map(one => one.status))].map(status => (
                    <Pill key={status} tone={statusTones[status]}>
                      {statusWords[status]()}
                    </Pill>
                  ))}
                </>
              ),
            },
          ]}
        />
      )}
    </>
  )
}
